/** The page behind an index: found in the tree, or read into it, which frees the slot ("free swap entries as they are read in"). */
import { type Id, known, oneOf, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_alloc, folio_put, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get, folio_try_get } from '../kernel/folio-ref.js'
import { Count, guard, procedure, Slot, type State } from './state.js'
import { swap_rw_page, swap_slot_free } from './swap-slot.js'

/** A folio with a reference for the caller, locked by somebody else while it is being read; 0 where the index has gone, or there is no memory. */
export const read_swap_cache = procedure(
  'read_swap_cache',
  {
    args: { entry: Entry },
    locals: { folio: ref(Folios), is: oneOf('slot', 'zeroes'), slot: ref(Slot), count: Count },
    returns: ref(Folios),
  },
  {
    /** rcu_read_lock(); word = radix_tree_lookup(&swapper_space, index); */
    radix_tree_lookup(s, me) {
      const { is, slot, folio, count } = s.swapper_space[me.entry]
      if (is === 'nothing') return ret(0)
      if (is === 'page') {
        me.folio = folio
        return 'folio_try_get'
      }
      Object.assign(me, { is, slot, count })
      return 'folio_alloc'
    },
    /** if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      if (folio_try_get(s.folio[known(me.folio)])) return 'recheck'
      me.folio = 0
      return 'radix_tree_lookup'
    },
    /** if (folio != xas_reload(&xas)) { folio_put(folio); goto repeat; } rcu_read_unlock(); */
    recheck(s, me) {
      if (s.swapper_space[me.entry].folio === me.folio) return ret(me.folio)
      folio_put(s, me.folio)
      me.folio = 0
      return 'radix_tree_lookup'
    },
    /** folio = folio_alloc(gfp, 0); folio_lock(folio): nobody else knows it */
    folio_alloc(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio === 0) return ret(0)
      folio_trylock(held(s, me.folio), me.self)
      return 'radix_tree_replace'
    },
    /** spin_lock(&tree_lock); if (word is what it was) radix_tree_replace_slot(&swapper_space, index, folio); spin_unlock(&tree_lock); */
    radix_tree_replace(s, me) {
      const { is, slot } = s.swapper_space[me.entry]
      if (is !== me.is || slot !== me.slot) {
        folio_unlock(held(s, me.folio), me.self)
        folio_put(s, me.folio)
        Object.assign(me, { folio: 0, is: 'slot', slot: 0, count: 0 })
        return 'radix_tree_lookup'
      }
      replaceByPage(s, me.entry, known(me.folio), me.count)
      if (is === 'zeroes') return 'zero_user'
      return guard('free the slot once the page is read') ? 'swap_read_folio' : 'swap_slot_free'
    },
    /** swap_read_folio(folio); of a folio that is locked */
    swap_read_folio(s, me) {
      swap_rw_page(s)
      Object.assign(held(s, me.folio), { data: s.medium[known(me.slot)], uptodate: true })
      return guard('free the slot once the page is read') ? 'swap_slot_free' : 'folio_unlock'
    },
    /** swap_free_slot(slot); folio_mark_dirty(folio): what was read is nowhere else now */
    swap_slot_free(s, me) {
      swap_slot_free(s, me.slot)
      const folio = held(s, me.folio)
      folio.slot = 0
      if (guard('dirty the page whose slot is freed')) folio.dirty = true
      return guard('free the slot once the page is read') ? 'folio_unlock' : 'swap_read_folio'
    },
    /** clear_highpage(page); of a folio that is locked */
    zero_user(s, me) {
      Object.assign(held(s, me.folio), { data: s.zeroes, uptodate: true, dirty: true })
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret(me.folio)
    },
  },
)

/** Under tree_lock. `seen` is the count that the lookup saw. */
function replaceByPage(s: State, index: Id<'entry'>, folio: Id<'folio'>, seen: number): void {
  const [word, page] = [s.swapper_space[index], s.folio[folio]]
  folio_get(page)
  Object.assign(page, { swapcache: true, entry: index, slot: word.slot, lru: true })
  if (s.counts_in === 'page') {
    page.count = guard('move the count as the page takes the place of the slot') ? word.count : seen
    word.count = 0
  }
  Object.assign(word, { is: 'page', slot: 0, folio })
}
