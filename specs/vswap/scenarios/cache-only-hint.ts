/**
 * "The check is racy, but it is OK because free_swap_and_cache_nr() only use the result as a hint." (patch 10): two owners drop the last two
 * counts of an entry whose folio is in the swap cache, and each finds the other's count. The folio stays there, for reclaim.
 */
import { type Scenario, scenario } from '../../../checker/index.js'
import { reachable, type State, SWAP_CACHE_INC } from '../state.js'
import { inSwapCache, vswap, zap } from '../vswap.js'
import { noRead, noReclaim, swapfileOnly, zapOfSwapped } from './unreachable.js'

const isUnmapped = (s: State) => s.pte.ids.every((id) => s.pte[id].kind === 'none' && s.pte[id].ptl.owner === 0)

const isCacheOnly = (s: State) =>
  s.vswap_map.ids.some((entry) => {
    const desc = s.vswap_map[entry]
    return desc !== 0 && s.swapper_space[entry] !== 0 && s.desc[desc].swap_refs === SWAP_CACHE_INC
  })

export const scenarios: readonly Scenario[] = [
  scenario(vswap, {
    name: 'zap-vs-zap-hint',
    title: 'Both owners of an entry unmap it while its page is in the swap cache, and neither may notice that nobody else is left',
    run: [zap({ pte: 1 }), zap({ pte: 2 })],
    init: (s) => inSwapCache(s, 2),
    bounds: { pte: 2 },
    properties: [
      reachable('HintMissed', 'A page is in the swap cache for nobody, and both owners are done.', (s) => isUnmapped(s) && isCacheOnly(s)),
      reachable('HintTaken', 'The page is gone with its last owner.', (s) => isUnmapped(s) && !isCacheOnly(s)),
    ],
    unreachable: {
      ...swapfileOnly('zap'),
      ...noRead,
      ...noReclaim,
      ...zapOfSwapped,
      'the swap cache has the entry when its last count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    expect: { verdict: 'holds', distinct: 394, generated: 726, depth: 48 },
  }),
]
