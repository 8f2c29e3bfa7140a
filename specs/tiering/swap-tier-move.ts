/**
 * Moves pages from one tier to another: down to write back, or up. Up to `nr` of them are one batch: their slots are taken in a row, when they are needed,
 * and one request writes them all.
 */
import { bool, type Id, int, known, nth, type Ref, ref, ret, set, type View } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_alloc, folio_put, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { add_to_swap_cache, is_unused, release_backing, set_backing, vswap_free } from './desc.js'
import { type Place, read_slot, swap_slot_free, swap_slots_alloc, write_slot } from './slots.js'
import { guard, procedure, Slot, type State, type SwpDesc, Tier } from './state.js'
import { may_use } from './tiers.js'

const Entries = set(Entry)

/** `lazy`: only what its cgroup may not have in `from` any more. */
export const swap_tier_move = procedure(
  'swap_tier_move',
  {
    args: { from: Tier, to: Tier, nr: int(1, 2), lazy: bool },
    locals: { entry: ref(Entry), batch: Entries, folio: ref(Folios), slot: ref(Slot), room: int(0, 2) },
  },
  {
    /** list_for_each_entry(desc, &from->lru, lru): under the lock of the list, which says nothing of what is found for long */
    list_for_each_entry(s, me) {
      me.entry = me.entry === 0 ? known(s.vswap_map.ids[0] ?? 0) : nth(s.vswap_map.ids, me.entry, 1)
      if (me.entry === 0 || me.batch.size === me.nr) {
        me.entry = 0
        return me.batch.size === 0 ? ret() : 'swap_slots_alloc'
      }
      const desc = s.vswap_map[me.entry]
      if (!is_candidate(s, me, desc)) return 'list_for_each_entry'
      return s.transfer === 'lock' ? 'set_moving' : 'folio_alloc'
    },
    /** spin_lock(&desc->lock); if (…) desc->moving = true; spin_unlock(&desc->lock): who needs the page waits from here on */
    set_moving(s, me) {
      const desc = s.vswap_map[known(me.entry)]
      if (!is_candidate(s, me, desc)) return 'list_for_each_entry'
      if (guard('mark the page as being moved')) desc.moving = true
      me.batch.add(known(me.entry))
      return 'list_for_each_entry'
    },
    /** folio = folio_alloc(GFP_KERNEL, 0); folio_lock(folio); with no memory the page stays where it is */
    folio_alloc(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio === 0) return 'list_for_each_entry'
      folio_trylock(held(s, me.folio), me.self)
      return 'add_to_swap_cache'
    },
    /** spin_lock(&desc->lock); if (…) desc->folio = folio; spin_unlock(&desc->lock): who needs the page finds the folio, and waits for its lock */
    add_to_swap_cache(s, me) {
      if (!is_candidate(s, me, s.vswap_map[known(me.entry)])) return 'folio_put_unused'
      add_to_swap_cache(s, me.folio, known(me.entry))
      me.batch.add(known(me.entry))
      return 'swap_read_folio'
    },
    /** swap_read_folio(folio), zswap_decompress(entry, folio) */
    swap_read_folio(s, me) {
      Object.assign(held(s, me.folio), { data: read_slot(s, s.vswap_map[known(me.entry)]), uptodate: true })
      me.folio = 0
      return 'list_for_each_entry'
    },
    folio_put_unused(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      folio_put(s, me.folio)
      me.folio = 0
      return 'list_for_each_entry'
    },
    /** slot = swap_slots_alloc(to, nr); under si->lock */
    swap_slots_alloc(s, me) {
      const { slot, pages } = swap_slots_alloc(s, me.to, me.batch.size, per_slot(s, me))
      Object.assign(me, { slot, room: pages })
      return pages < me.batch.size ? 'put_back' : 'submit_bio_wait'
    },
    /** The last of the batch, which there is no slot for, stays where it is: spin_lock(&desc->lock); clear_and_wake_up_bit(…); spin_unlock(&desc->lock); or as below */
    put_back(s, me) {
      const entry = known(me.batch.toArray().at(-1) ?? 0)
      const desc = s.vswap_map[entry]
      me.batch.delete(entry)
      if (s.transfer === 'swap_cache') {
        me.folio = desc.folio
        return guard('give back what the batch has no slot for') ? 'folio_unlock' : 'folio_put'
      }
      if (guard('give back what the batch has no slot for')) end_move(s, desc)
      return written_back(me)
    },
    /** bio_add_page(bio, page, PAGE_SIZE, 0); … submit_bio_wait(bio): one request for all, whose old copies are ours alone; a compressed page goes as it is */
    submit_bio_wait(s, me) {
      for (const entry of me.batch.toArray()) {
        const { folio } = s.vswap_map[entry]
        const data = s.transfer === 'lock' ? read_slot(s, s.vswap_map[entry]) : held(s, folio).data
        write_slot(s, place(s, me, entry), data)
      }
      me.entry = known(me.batch.toArray()[0] ?? 0)
      return 'set_backing'
    },
    /** spin_lock(&desc->lock); if (desc->swap_count && swap_tier_allowed(memcg, to)) { release_backing(desc); desc->slot = slot; } …; spin_unlock(&desc->lock); with the lock of the configuration inside */
    set_backing(s, me) {
      const entry = known(me.entry)
      const desc = s.vswap_map[entry]
      const copy = place(s, me, entry)
      const isAllowed = may_use(s, desc.memcg, me.to) || !guard('look at the configuration again as a page lands')
      if (isAllowed && desc.swap_count > 0) {
        if (guard('release the old copy as the new one takes its place')) release_backing(s, desc)
        const isNoted = guard('note in the descriptor in which form the copy is')
        set_backing(desc, { ...copy, compressed: isNoted ? copy.compressed : s.tier[me.to].is_pool })
      } else swap_slot_free(s, copy)
      if (s.transfer === 'swap_cache') {
        me.folio = desc.folio
        return 'folio_unlock'
      }
      end_move(s, desc)
      return next_of_batch(me)
    },
    /** folio_unlock(folio); it stays in the swap cache, and is clean */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return me.entry === 0 ? written_back(me) : next_of_batch(me)
    },
  },
)

interface Move {
  readonly from: Id<'tier'>
  readonly to: Id<'tier'>
  readonly lazy: boolean
  readonly entry: Ref<'entry'>
  readonly batch: View<typeof Entries>
  readonly slot: Ref<'slot'>
  readonly room: number
}

/** Is there a page to move, which nobody else has the right to? */
function is_candidate(s: State, { from, to, lazy }: Move, desc: SwpDesc): boolean {
  if (desc.slot === 0 || s.slot[desc.slot].tier !== from || desc.moving) return false
  if (desc.folio !== 0 && guard('give way to a folio that is in the swap cache')) return false
  return may_use(s, desc.memcg, to) && !(lazy && may_use(s, desc.memcg, from))
}

/** How many pages a slot of the other tier has room for. */
function per_slot(s: State, { to }: Move): number {
  return s.compressed_writeback && !s.tier[to].is_pool ? s.slot[known(s.slot.ids[0] ?? 0)].data.ids.length : 1
}

/** Where the copy of an entry of the batch goes. */
function place(s: State, me: Move, entry: Id<'entry'>): Place {
  const at = me.batch.toArray().indexOf(entry)
  const slot = known(nth(s.slot.ids, known(me.slot), Math.floor(at / per_slot(s, me))))
  const half = known(s.slot[slot].data.ids[at % per_slot(s, me)] ?? 0)
  return { slot, half, compressed: s.compressed_writeback || s.tier[me.to].is_pool }
}

/** Under desc->lock: clear_and_wake_up_bit(…); if (!desc->swap_count) vswap_free(desc); whoever dropped the last count has left it to us. */
function end_move(s: State, desc: SwpDesc): void {
  desc.moving = false
  if (is_unused(desc) && guard('look at the count as the move ends')) vswap_free(s, desc)
}

function written_back({ batch, room }: Move) {
  if (batch.size > room) return 'put_back'
  return batch.size === 0 ? ret() : 'submit_bio_wait'
}

function next_of_batch(me: { entry: Ref<'entry'>; readonly batch: Move['batch'] }) {
  const rest = me.batch.toArray()
  me.entry = rest[rest.indexOf(known(me.entry)) + 1] ?? 0
  return me.entry === 0 ? ret() : 'set_backing'
}
