/** The protections of what is charged and recorded for all pages of a folio at once, in pairs as in `protections.ts`. */
import { largeMemcgPairs, largeMemcgProperties } from './large-memcg-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'large-memcg-id': {
    title: 'The entries of a large folio have one reference to the id of their memcg between them',
    without: 'get a reference to the id for each page',
    violates: 'ChargeExact',
    on: largeMemcgPairs['large-memcg-rmdir-vs-reclaim'],
    counts: [415, 636, 102],
  },
  'large-memcg-charge': {
    title: 'A large folio is charged as one page',
    without: 'charge every page of a folio',
    violates: 'ChargeCovers',
    on: largeMemcgPairs['large-memcg-reclaim-vs-zap'],
    counts: [1_315, 2_431, 88],
  },
  'large-memcg-uncharge': {
    title: 'swapoff takes the slots of a large folio, and uncharges one page',
    without: 'uncharge every page of a folio',
    violates: 'ChargeExact',
    on: largeMemcgPairs['large-memcg-swapoff-vs-zap'],
    counts: [1_549, 2_991, 80],
  },
}

export const scenarios = protectionPairs(list, largeMemcgProperties)
