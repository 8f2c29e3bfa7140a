/** What specs/swap-map does with a slot is a behaviour of the slot by itself: the spec that recordings are held against is no stricter than the one with the callers. */
import { expect, test } from 'vitest'
import { Automaton, Follower, type TraceState, type TraceStep, Walker } from '../../../checker/index.js'
import { scenarios } from '../scenarios/index.js'
import { SWAP_MAP_SHMEM as SHMEM } from '../state.js'
import { observer } from './observed.js'
import { SWAP_HAS_CACHE, SWAP_MAP_SHMEM } from './state.js'

/** Where the C of 6.14 has a function by another name than the probes of 6.12, or inlines it. */
const functions: Readonly<Record<string, string>> = { get_swap_pages: 'cluster_alloc_range', __swap_entry_free: 'free_swap_and_cache_nr' }

/** What the walks have shown. */
const seen = new Set<string>()

const WALKS = 4
const STEPS = 70

interface SlotState {
  /** The byte of swap_map. */
  readonly byte: number
  readonly isCached: boolean
}

/** Slot 1. */
function slotOf({ variables }: TraceState): SlotState {
  const count = variables.getIn(['swap_map', 1, 'count']) as number
  const has_cache = variables.getIn(['swap_map', 1, 'SWAP_HAS_CACHE']) === true
  const folio = variables.getIn(['swapper_space', 1])
  return { byte: (count === SHMEM ? SWAP_MAP_SHMEM : count) | (has_cache ? SWAP_HAS_CACHE : 0), isCached: folio !== 0 && folio !== null }
}

/** What a step does to the slot, as the probes of 6.12 would show it. */
function labelsOf({ step }: TraceStep, before: SlotState, after: SlotState): string[] {
  const [name = '', label] = step.split('.')
  const store = `${functions[name] ?? name} ${before.byte}>${after.byte}`
  return [
    ...(before.isCached === after.isCached ? [] : [after.isCached ? 'add_to_swap_cache' : '__delete_from_swap_cache']),
    // 6.12 does it in free_swap_slot(), 6.14 in swap_range_free(); specs/swap-map has it where zswap is enabled, after the byte is 0.
    ...(after.byte === 0 && before.byte !== 0 ? ['zswap_invalidate'] : []),
    // What gives something back always stores, be it the byte that was there.
    ...(before.byte === after.byte && label !== '__swap_entry_free_locked' ? [] : [store]),
  ]
}

/** How a slot gets to where a scenario starts. */
function beginning({ byte, isCached }: SlotState): string[] {
  if (byte === 0) return []
  const count = byte % SWAP_HAS_CACHE
  const counts = Array.from({ length: count }, (_, i) => `__swap_duplicate ${SWAP_HAS_CACHE + i}>${SWAP_HAS_CACHE + i + 1}`)
  const out = isCached ? [] : ['__delete_from_swap_cache', `put_swap_folio ${SWAP_HAS_CACHE + count}>${count}`]
  return ['cluster_alloc_range 0>64', 'add_to_swap_cache', ...counts, ...out]
}

/** A number that looks random. */
function drawn(walk: number, step: number): number {
  const mixed = Math.imul(walk * 7919 + step, 0x9e3779b1)
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 8
}

const followed = scenarios.filter(({ bounds = {}, expect }) => expect.verdict === 'holds' && bounds.entry === undefined)

test.each(followed)('$id is followed', (scenario) => {
  const automaton = new Automaton(observer as never)
  const walker = new Walker(scenario)
  for (let walk = 1; walk <= WALKS; walk++) {
    const follower = new Follower(automaton)
    const see = (label: string, actor: number): void => {
      expect({ label, isSeen: follower.see(automaton.labelId(label), actor) }).toEqual({ label, isSeen: true })
    }
    let [at] = walker.starts()
    if (at !== undefined) for (const label of beginning(slotOf(at.state))) see(label, 99)
    for (let i = 0; i < STEPS && at !== undefined; i++) {
      const ways = walker.from(at).filter((way) => way.failure === undefined)
      const way = ways[drawn(walk, i) % Math.max(1, ways.length)]
      if (way === undefined) break
      const labels = labelsOf(way.step, slotOf(at.state), slotOf(way.to.state))
      for (const label of labels) seen.add(label)
      for (const label of labels) see(label, (way.step.process ?? 50) + 1)
      at = way.to
    }
  }
})

test('every kind of access was followed', () => {
  expect([...new Set([...seen].map((label) => label.split(' ')[0]))].sort()).toEqual([
    '__delete_from_swap_cache',
    '__swap_duplicate',
    'add_to_swap_cache',
    'cluster_alloc_range',
    'cluster_swap_free_nr',
    'free_swap_and_cache_nr',
    'put_swap_folio',
    'swap_entry_range_free',
    'zswap_invalidate',
  ])
})
