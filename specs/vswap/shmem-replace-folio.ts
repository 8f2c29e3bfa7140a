/** mm/shmem.c: shmem_replace_folio() (v6.14): another folio takes the place of one that lies in a zone which the mapping does not take. */
import { assert, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { xa_store } from '../kernel/xarray.js'
import { folio_alloc, folio_nr_pages, folio_page, folio_put_refs, held, swap_nth } from './folio.js'
import { Entry, Folios, guard, Nr, procedure } from './state.js'
import { vswap_migrate } from './vswap-migrate.js'

/** The new folio, locked, in the swap cache, with a reference; 0 where there is no memory. The caller holds the lock of the old one. */
export const shmem_replace_folio = procedure(
  'shmem_replace_folio',
  { args: { old: Folios, entry: Entry }, locals: { new: ref(Folios), i: Nr }, calls: [vswap_migrate], returns: ref(Folios) },
  {
    /**
     * new = shmem_alloc_folio(gfp, folio_order(old), info, index); folio_ref_add(new, nr_pages); folio_copy(new, old); __folio_set_locked(new);
     * folio_mark_uptodate(new); new->swap = entry; folio_set_swapcache(new); nobody else knows it
     */
    shmem_alloc_folio(s, me) {
      const nr_pages = folio_nr_pages(s, me.old)
      me.new = folio_alloc(s, nr_pages)
      if (me.new === 0) return ret(0)
      const folio = s.folio[me.new]
      folio_ref_add(folio, nr_pages)
      for (let n = 0; n < nr_pages; n++) held(s, folio_page(s, me.new, n)).data = held(s, folio_page(s, me.old, n)).data
      assert(folio_trylock(folio, me.self), 'a new folio is unlocked')
      Object.assign(folio, { uptodate: true, swap: me.entry, swapcache: true })
      return 'vswap_migrate'
    },
    /** xa_lock_irq(&swap_mapping->i_pages); not in the RFC: vswap_migrate(old, new); nobody else wants the lock for this entry */
    vswap_migrate(s, me) {
      if (!guard('tell the descriptor of the folio that shmem puts in')) return 'xas_store'
      return call(vswap_migrate, { entry: me.entry, nr: folio_nr_pages(s, me.old), src: me.old, dst: known(me.new) }, 'xas_store')
    },
    /**
     * for (i = 0; i < nr_pages; i++) { item = xas_load(&xas); if (item != old) { error = -ENOENT; break; } xas_store(&xas, new); xas_next(&xas); } and after the
     * last mem_cgroup_replace_folio(old, new); xa_unlock_irq(&swap_mapping->i_pages); both folios are locked; who looks an entry up has no lock
     */
    xas_store(s, me) {
      const was = xa_store(s.swapper_space, swap_nth(s, me.entry, me.i), me.new)
      assert(was === me.old, 'the swap cache has the folio')
      me.i++
      if (me.i < folio_nr_pages(s, me.old)) return 'xas_store'
      s.folio_memcg[known(me.new)] = s.folio_memcg[me.old]
      return 'folio_add_lru'
    },
    /** folio_add_lru(new); */
    folio_add_lru(s, me) {
      held(s, me.new).lru = true
      return 'folio_clear_swapcache'
    },
    /** folio_clear_swapcache(old); old->private = NULL; the folio is locked */
    folio_clear_swapcache(s, me) {
      const old = held(s, me.old)
      old.swapcache = false
      old.swap = 0
      return 'folio_unlock'
    },
    /** folio_unlock(old); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.old), me.self)
      return 'folio_put_refs'
    },
    /** folio_put_refs(old, nr_pages + 1); those of the swap cache and the caller's */
    folio_put_refs(s, me) {
      folio_put_refs(s, me.old, folio_nr_pages(s, me.old) + 1)
      return ret(me.new)
    },
  },
)
