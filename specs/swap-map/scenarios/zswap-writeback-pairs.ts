/** The shrinker writes back a page that its owner takes in, writes to, and pages out to the same slot meanwhile: A2.1 and A2.2 of the corpus. */
import { compressedRefcounted, cycle, pageout, zpoolShrinker } from '../zswap.js'
import { type Protection, protectionPairs } from './pair.js'
import { folioStays, nobodyElseFaults, noDirectRead, noRead, shrinkerFreesNoSlot, zswapTakesAll } from './zswap-unreachable.js'

const list: Readonly<Record<string, Protection>> = {
  'zswap-writeback-stale': {
    title: 'The shrinker writes a zswap entry to a slot that was freed, and has another page by now',
    without: 'find the zswap entry still in the tree before it is written back',
    violates: 'NoStaleData',
    skip: ['BackingLive'],
    zswap: 'v6.3',
    run: [zpoolShrinker({}), cycle({ pte: 1, write: true })],
    init(s) {
      compressedRefcounted(s, 1)
      s.zswap = 'unreliable'
    },
    bounds: { zentry: 2 },
    unreachable: { ...noDirectRead, ...nobodyElseFaults, ...shrinkerFreesNoSlot },
    broken: [26_966, 53_796, 138],
    counts: [33_166, 66_998, 170],
  },
  'zswap-writeback-strands-folio': {
    title: 'The shrinker gives up an entry whose slot has another page, and leaves its folio locked',
    without: 'unlock and put the folio that zswap writeback gives up',
    violates: 'NoLeak',
    zswap: 'v6.3',
    run: [zpoolShrinker({}), pageout({ pte: 1 })],
    init: (s) => compressedRefcounted(s, 1),
    bounds: { zentry: 2 },
    unreachable: {
      ...noDirectRead,
      ...nobodyElseFaults,
      ...folioStays,
      ...noRead,
      ...zswapTakesAll,
      ...shrinkerFreesNoSlot,
    },
    broken: [8_337, 15_820, 125],
    counts: [8_333, 15_820, 124],
  },
}

export const scenarios = protectionPairs(list)
