/** Slots of the tiers, taken as they are needed. Each function is one critical section of si->lock. */
import { assert, known, nth, type Ref } from '../../checker/index.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import { guard, type State } from './state.js'

/** Where the copy of a page is, and how it is to be read. */
export interface Place {
  readonly slot: Ref<'slot'>
  readonly half: Ref<'half'>
  readonly compressed: boolean
}

export function is_free(s: State, slot: Ref<'slot'>, tier: Ref<'tier'>): boolean {
  return slot !== 0 && s.slot[slot].tier === tier && s.slot[slot].users === 0
}

/** swap_slots_alloc(): room for up to `nr` pages, `per_slot` in each slot, in slots in a row; in one slot where no two are free in a row. Says where, and for how many. */
export function swap_slots_alloc(s: State, tier: Ref<'tier'>, nr: number, per_slot: number): { slot: Ref<'slot'>; pages: number } {
  const isFree = (slot: Ref<'slot'>) => is_free(s, slot, tier)
  const free = s.slot.ids.filter(isFree)
  const row = nr <= per_slot ? undefined : free.find((slot) => isFree(nth(s.slot.ids, slot, 1)))
  const slot = row ?? free[0] ?? 0
  const pages = slot === 0 ? 0 : Math.min(nr, row === undefined ? per_slot : 2 * per_slot)
  for (let i = 0; i < pages; i++) s.slot[known(nth(s.slot.ids, known(slot), Math.floor(i / per_slot)))].users += 1
  return { slot, pages }
}

/** swap_slots_free(): one page of those that a slot holds. */
export function swap_slot_free(s: State, { slot: id, half }: Pick<Place, 'slot' | 'half'>): void {
  const slot = s.slot[known(id)]
  assert(slot.users > 0, 'a slot is freed that is free', NoDoubleFree)
  slot.users = guard('count the pages that share a slot') ? slot.users - 1 : 0
  slot.data[known(half)] = 0
  if (slot.users > 0) return
  for (const other of slot.data.ids) slot.data[other] = 0
  Object.assign(slot, { compressed: false, taken_for: 0 })
}

/** submit_bio_wait(), of a write, or a store to the pool. */
export function write_slot(s: State, { slot, half, compressed }: Place, data: number): void {
  assert(s.slot[known(slot)].users > 0, 'a slot is written that is free', NoUseAfterFree)
  s.slot[known(slot)].data[known(half)] = data
  s.slot[known(slot)].compressed = compressed
}

/** submit_bio_wait(), of a read, or a load from the pool; nobody's data where what is there is read in the wrong way. */
export function read_slot(s: State, { slot, half, compressed }: Place): number {
  assert(slot !== 0 && s.slot[slot].users > 0, 'a slot is read that is free', NoUseAfterFree)
  return s.slot[slot].compressed === compressed ? s.slot[slot].data[known(half)] : 0
}
