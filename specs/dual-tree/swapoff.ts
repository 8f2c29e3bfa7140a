/** swapoff without page tables: "we just swap the data in and mark the pages as present in the swapper_space radix tree". */
import { blocked, call, known, nth, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { read_swap_cache } from './read-swap-cache.js'
import { guard, procedure } from './state.js'
import { swap_slot_free } from './swap-slot.js'

export const swapoff = procedure(
  'swapoff',
  { locals: { entry: ref(Entry), folio: ref(Folios) }, calls: [read_swap_cache] },
  {
    /** si->flags &= ~SWP_WRITEOK; under si->lock */
    clear_writeok(s, me) {
      s.SWP_WRITEOK = false
      me.entry = known(s.swapper_space.ids[0] ?? 0)
      return 'read_swap_cache'
    },
    /** radix_tree_for_each_slot(slot, &swapper_space): zeroes and holes have nothing on the device */
    read_swap_cache(s, me) {
      const { is } = s.swapper_space[known(me.entry)]
      if (is === 'nothing' || is === 'zeroes') return 'next'
      return call(read_swap_cache, { entry: known(me.entry) }, 'folio_lock', 'folio')
    },
    folio_lock(s, me) {
      if (me.folio === 0) return 'next'
      return folio_lock(held(s, me.folio), me.self) ? 'swap_slot_free' : blocked
    },
    /** A page that has been written to a slot: swap_free_slot(folio->private); folio->private = 0; folio_mark_dirty(folio); under the folio lock */
    swap_slot_free(s, me) {
      const folio = held(s, me.folio)
      if (folio.slot !== 0) {
        swap_slot_free(s, folio.slot)
        Object.assign(folio, { slot: 0, dirty: true })
      }
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'next'
    },
    next(s, me) {
      me.entry = nth(s.swapper_space.ids, known(me.entry), 1)
      return me.entry === 0 ? 'inuse_pages' : 'read_swap_cache'
    },
    /** if (si->inuse_pages) goto retry; */
    inuse_pages(s, me) {
      const isInUse = s.swap_map.ids.some((slot) => s.swap_map[slot] === 'allocated')
      if (!isInUse || !guard('scan again until no slot is in use')) return 'teardown'
      me.entry = known(s.swapper_space.ids[0] ?? 0)
      return 'read_swap_cache'
    },
    teardown(s) {
      s.torn_down = true
      return ret()
    },
  },
)
