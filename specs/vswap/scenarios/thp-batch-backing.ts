/**
 * "Note that this function is racy unless we can pin the backing state of these swap slots down with swapcache_prepare()." (patch 15, of swap_move()): the entries of a batch of PTEs
 * had one kind of backing when swap_pte_batch() looked, and need not have it when their counts are dropped. free_swap_and_cache_nr() goes by the entries alone.
 */
import { process, type Scenario, scenario } from '../../../checker/index.js'
import { mustFail, type State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { reclaim, vswap } from '../vswap.js'
import { noSlotWritten, noZeroes, zswapTakesAll } from './backing-unreachable.js'
import { noIo } from './large-unreachable.js'
import { slotMeansFolioOrEnd, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { inSwapCacheLarge, twoPtes } from './thp-states.js'
import { noZswapToFree, thpZapOfSwapped } from './thp-unreachable.js'
import { noReclaim, slotsSuffice } from './unreachable.js'
import { watched } from './watched-device.js'

const swapoff = process('swapoff', swapoff_syscall)

/** Who unmaps has dropped a count of each of two entries in a row, and their PTEs still hold them: they are of one batch. */
const BatchOfOneBacking = mustFail(
  'BatchOfOneBacking',
  'The entries of a batch of PTEs have one kind of backing while their counts are dropped.',
  (s) => {
    const dropped = s.vswap_map.ids.filter((entry) => s.in_flight[entry] < 0)
    const types = dropped.flatMap((entry) => typeOf(s, entry))
    return types.every((type) => type === types[0])
  },
)

function typeOf(s: State, entry: State['vswap_map']['ids'][number]): readonly string[] {
  const desc = s.vswap_map[entry]
  return desc === 0 ? [] : [s.desc[desc].type]
}

/** The folio has been written to since, and zswap takes it in place of its slots. */
const dirty = (s: State): void => {
  inSwapCacheLarge(s)
  s.zswap = 'on'
  const [head] = s.folio.ids
  if (head !== undefined) s.folio[head].dirty = true
}

const cacheHasEntries = {
  'the swap cache has the entries when their last counts are dropped': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
}

export const scenarios: readonly Scenario[] = [
  scenario(vswap, {
    name: 'thp-batch-vs-swapoff',
    title: 'swapoff makes the folio the backing of one entry of a batch after the other, while the batch is unmapped',
    run: [thpZap({ pte: 1, end: 2 }), swapoff({ type: 1, again: false })],
    init: watched(inSwapCacheLarge),
    bounds: { ...twoPtes, folio: 4 },
    properties: [...thpProperties, ...swapoffProperties, BatchOfOneBacking],
    unreachable: {
      ...swapoffReadsSlots,
      ...slotMeansFolioOrEnd,
      ...swapoffKeepsPin,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap'),
      ...staysOff,
      ...noReclaim,
      ...cacheHasEntries,
    },
    expect: { verdict: 'holds', distinct: 11_798, generated: 27_065, depth: 132 },
  }),
  scenario(vswap, {
    name: 'thp-batch-vs-reclaim',
    title: 'Reclaim takes one entry of a batch after the other from its slot to zswap, while the batch is unmapped',
    run: [thpZap({ pte: 1, end: 2 }), reclaim({})],
    init: dirty,
    bounds: { ...twoPtes, zentry: 2 },
    properties: [...thpProperties, BatchOfOneBacking],
    unreachable: {
      ...noSlotWritten('zswap takes every page'),
      ...thpZapOfSwapped,
      ...zswapTakesAll,
      ...noZeroes,
      ...noIo,
      ...slotsSuffice,
      'no PTE maps the folio': ['try_to_unmap.*', 'swap_duplicate.*'],
    },
    expect: { verdict: 'holds', distinct: 14_894, generated: 30_939, depth: 138 },
  }),
]
