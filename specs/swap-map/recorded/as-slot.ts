/** What a scenario of swap-map does with one slot, as it would be recorded of Linux 6.12. */
import type { Id, Projection, Scenario, Sight } from '../../../checker/index.js'
import { SWAP_MAP_SHMEM as SHMEM, type State } from '../state.js'
import { mappings, observer } from './observed.js'
import { standsFor } from './stands-for.js'
import { SWAP_HAS_CACHE, SWAP_MAP_SHMEM } from './state.js'

/** Behind the byte of swap_map: is there a folio in the swap cache? Behind that, the thread that owns SWAP_HAS_CACHE by itself. */
const [CACHED, PIN] = [0x100, 0x200]
/** What shows of a slot is less. */
const SLOT = 2 ** 13

const byteOf = (shown: number): number => shown & (CACHED - 1)
const isCached = (shown: number): boolean => (shown & CACHED) !== 0
const ownerOf = (shown: number): number => Math.floor(shown / PIN)

/** By step of swap-map, the steps of swap-slot that stand for it. */
const abstract = new Map<string, string[]>()
for (const [step, of] of Object.entries(standsFor))
  for (const concrete of of) abstract.set(concrete, [...(abstract.get(concrete) ?? []), step])

const kindOf = new Map(mappings.flatMap(({ event, steps }) => steps.map((step) => [step, event] as const)))

/** Steps that store to a byte of swap_map what may be there already. */
const FREES = '__swap_entry_free_locked'
/** Frees a slot at once that nothing else holds; of a single page 6.12 does what it does of all others, and gives SWAP_HAS_CACHE to itself. */
const PUTS = 'put_swap_folio.swap_is_has_cache'

/** @param slot the index of the slot, from 0 */
export function asSlot(scenario: Scenario<State>, slot: number): Projection<State> {
  const ofSlot = (shown: number): number => Math.floor(shown / SLOT ** slot) % SLOT
  return {
    scenario,
    shows: (s) => s.swap_map.ids.reduce<number>((all, entry, i) => all + shownOf(s, entry) * SLOT ** i, 0),
    beginning: (shown) => beginning(ofSlot(shown)),
    seen(step, process, before, after) {
      const [was, is] = [ofSlot(before), ofSlot(after)]
      // Where no byte changes, the one that is stored to is SWAP_HAS_CACHE alone, and belongs to who stores.
      const mayStore = before === after && (step.endsWith(FREES) || step === PUTS)
      return sightsOf(step, was, is, mayStore && byteOf(was) === SWAP_HAS_CACHE && !isCached(was) && ownerOf(was) === process + 1)
    },
  }
}

function shownOf({ swap_map, swapper_space, pin }: State, entry: Id<'entry'>): number {
  const { count, SWAP_HAS_CACHE: has_cache } = swap_map[entry]
  const byte = (count === SHMEM ? SWAP_MAP_SHMEM : count) + (has_cache ? SWAP_HAS_CACHE : 0)
  return byte + (swapper_space[entry] === 0 ? 0 : CACHED) + Number(pin[entry]) * PIN
}

function sightsOf(step: string, before: number, after: number, isUnchanged: boolean): Sight[] {
  const sights: Sight[] = []
  const [was, is] = [byteOf(before), byteOf(after)]
  if (isCached(before) !== isCached(after)) sights.push(sightOf(step, isCached(after) ? 'cache_add' : 'cache_delete', was, is))
  // 6.12 does it in free_swap_slot(), 6.14 in swap_range_free(), after the byte is 0, and under the same lock.
  if (was !== 0 && is === 0) sights.push(...invalidated)
  if (was !== is || isUnchanged) sights.push(sightOf(step, 'store', was, is))
  return sights
}

function sightOf(step: string, event: string, before: number, after: number): Sight {
  const steps = (abstract.get(step) ?? []).filter((a) => kindOf.get(a) === event)
  const labels = new Set(steps.map((a) => observer.label(a, before, after)))
  const [label = `${step} ${event}, which nothing stands for`] = labels
  return { label, steps }
}

/** zswap_invalidate() that finds nothing: zswap's part is not followed. */
const invalidated: readonly Sight[] = [
  { label: 'zswap_invalidate', steps: ['zswap_invalidate.call'] },
  { label: 'xa_erase = 0', steps: ['zswap_invalidate.xa_erase'] },
]

/** How a slot gets to where a scenario starts. */
function beginning(shown: number): string[] {
  const byte = byteOf(shown)
  if (byte === 0) return []
  const count = byte & ~SWAP_HAS_CACHE
  const counts =
    count === SWAP_MAP_SHMEM ? ['__swap_duplicate 64>255'] : Array.from({ length: count }, (_, i) => `__swap_duplicate ${64 + i}>${65 + i}`)
  const out = isCached(shown) ? [] : ['__delete_from_swap_cache', `put_swap_folio ${SWAP_HAS_CACHE | byte}>${byte}`]
  return ['cluster_alloc_range 0>64', 'add_to_swap_cache', ...counts, ...out]
}
