/** mm/memcontrol.c, cgroup v1: memory and swap have one charge. */
import type { Id } from '../../checker/index.js'
import { recordedFor } from './properties.js'
import { quiescent, type State } from './state.js'

export const MemswExact = quiescent(
  'MemswExact',
  'When all is quiet, each page of a memcg is charged once, for its folio or for its entry, and nothing else is (cgroup v1).',
  (s) =>
    s.memcg.ids.every((id) => s.memcg[id].memsw === chargedTo(s, id) + recordedFor(s, id)) &&
    s.swap_map.ids.every((entry) => s.swap_map[entry].count === 0 || chargesOf(s, entry) === 1),
)

function chargedTo(s: State, memcg: Id<'memcg'>): number {
  return s.folio.ids.filter((id) => s.folio_memcg[id] === memcg).length
}

/** For the entry itself, and for the folio that is in the swap cache for it. */
function chargesOf(s: State, entry: Id<'entry'>): number {
  const folio = s.swapper_space[entry]
  return (s.swap_cgroup[entry] === 0 ? 0 : 1) + (folio === 0 || s.folio_memcg[folio] === 0 ? 0 : 1)
}
