/** The folio behind a virtual slot: found in the swap cache, or put there and read, from whichever tier the page is in. */
import { blocked, bool, known, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_alloc, folio_put, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { add_to_swap_cache, is_unused } from './desc.js'
import { read_slot } from './slots.js'
import { guard, Half, procedure, Slot } from './state.js'

/** A folio with a reference for the caller, locked by somebody else while it is being read; 0 where the entry has gone, or there is no memory. */
export const read_swap_cache = procedure(
  'read_swap_cache',
  {
    args: { entry: Entry },
    locals: { folio: ref(Folios), own: ref(Folios), slot: ref(Slot), half: ref(Half), compressed: bool },
    returns: ref(Folios),
  },
  {
    /** spin_lock(&desc->lock); folio = desc->folio; if (folio) folio_get(folio); spin_unlock(&desc->lock); */
    lookup(s, me) {
      me.folio = s.vswap_map[me.entry].folio
      if (me.folio === 0) return me.own === 0 ? 'folio_alloc' : 'add_to_swap_cache'
      folio_get(held(s, me.folio))
      return me.own === 0 ? ret(me.folio) : 'folio_put'
    },
    /** folio = folio_alloc(GFP_NOWAIT, 0); folio_lock(folio): nobody else knows it */
    folio_alloc(s, me) {
      me.own = folio_alloc(s)
      if (me.own === 0) return ret(0)
      folio_trylock(held(s, me.own), me.self)
      return 'add_to_swap_cache'
    },
    /**
     * spin_lock(&desc->lock); if (desc->folio) goto again; if (!desc->swap_count) goto gone; if (desc->moving) wait_on_bit(…); desc->folio = folio; where its
     * copy is stays as it is from here on, by the folio lock; spin_unlock(&desc->lock);
     */
    add_to_swap_cache(s, me) {
      const desc = s.vswap_map[me.entry]
      if (desc.folio !== 0) return 'lookup'
      if (desc.memcg === 0 || is_unused(desc)) return 'folio_put'
      if (desc.moving && guard('wait for who moves the page')) return blocked
      add_to_swap_cache(s, me.own, me.entry)
      Object.assign(me, { slot: desc.slot, half: desc.half, compressed: desc.compressed })
      return 'swap_read_folio'
    },
    /** swap_read_folio(folio): decompressed where that is to be done, straight from where it is */
    swap_read_folio(s, me) {
      Object.assign(held(s, me.own), { data: read_slot(s, me), uptodate: true })
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.own), me.self)
      return ret(known(me.own))
    },
    /** folio_unlock(own); folio_put(own): it came too late */
    folio_put(s, me) {
      folio_unlock(held(s, me.own), me.self)
      folio_put(s, me.own)
      return ret(me.folio)
    },
  },
)
