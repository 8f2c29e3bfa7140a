/** Where a page goes that is written out: to the first tier that has room. The folio is locked, and in the swap cache, so that nobody moves its page. */
import { bool, known, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { held } from '../kernel/anon/folio.js'
import { desc_of, release_backing, set_backing } from './desc.js'
import { type Place, swap_slot_free, write_slot } from './slots.js'
import { guard, procedure, Slot, type State } from './state.js'
import { may_use, swap_slot_alloc } from './tiers.js'

/** False where no tier has room that the cgroup may use. */
export const swap_writepage = procedure(
  'swap_writepage',
  { args: { folio: Folios }, locals: { slot: ref(Slot) }, returns: bool },
  {
    /** spin_lock(&desc->lock); release_backing(desc); spin_unlock(&desc->lock): the copy is old now */
    release_backing(s, me) {
      release_backing(s, desc_of(s, me.folio))
      return 'swap_slot_alloc'
    },
    /** slot = swap_slot_alloc(memcg); if (!slot) return -ENOSPC; */
    swap_slot_alloc(s, me) {
      me.slot = swap_slot_alloc(s, desc_of(s, me.folio).memcg)
      return me.slot === 0 ? ret(false) : 'submit_bio_wait'
    },
    submit_bio_wait(s, me) {
      write_slot(s, place(s, me), held(s, me.folio).data)
      return 'set_backing'
    },
    /** spin_lock(&desc->lock); if (!swap_tier_allowed(memcg, slot)) …; desc->slot = slot; spin_unlock(&desc->lock); with the lock of the configuration inside */
    set_backing(s, me) {
      const desc = desc_of(s, me.folio)
      const isAllowed = may_use(s, desc.memcg, s.slot[known(me.slot)].tier)
      if (!isAllowed && guard('look at the configuration again as a page lands')) return 'swap_slot_free'
      set_backing(desc, place(s, me))
      return ret(true)
    },
    /** The configuration has changed: to another tier. */
    swap_slot_free(s, me) {
      swap_slot_free(s, place(s, me))
      return 'swap_slot_alloc'
    },
  },
)

/** A page has a slot to itself. */
function place(s: State, { slot }: Pick<Place, 'slot'>): Place {
  return { slot, half: known(s.slot[known(slot)].data.ids[0] ?? 0), compressed: s.tier[known(s.slot[known(slot)].tier)].is_pool }
}
