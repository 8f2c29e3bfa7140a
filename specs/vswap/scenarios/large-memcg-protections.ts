/** The protections of what is charged and recorded for all pages of a folio at once, in pairs as in `protections.ts`. */
import { largeMemcgPairs, largeMemcgProperties } from './large-memcg-pairs.js'
import { largeMemcgSplitPairs, largeMemcgSplitProperties } from './large-memcg-split-pairs.js'
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

const ofSplit: Readonly<Record<string, Protection>> = {
  'large-memcg-split': {
    title: 'A page that is split off the folio of a memcg belongs to none',
    without: 'give the page that is split off its memcg',
    violates: 'SplitKeepsMemcg',
    on: largeMemcgSplitPairs['large-memcg-split-reclaim-vs-zap'],
    counts: [1_986, 3_734, 153],
  },
}

export const scenarios = [...protectionPairs(list, largeMemcgProperties), ...protectionPairs(ofSplit, largeMemcgSplitProperties)]
