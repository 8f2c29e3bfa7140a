/** mm/swapfile.c: swapoff of a device whose slots a shmem file has: try_to_unuse() with shmem_unuse() in it (v6.14, and v5.13 and v5.18 where a guard says so). No signal comes. */
import { blocked, call, known, nth, ref, ret } from '../../checker/index.js'
import { percpu_ref_is_zero, percpu_ref_kill } from '../kernel/percpu-ref.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { ShmemIndex } from './shmem-fields.js'
import { shmem_get_folio_gfp } from './shmem-swapin-folio.js'
import { file } from './shmem-xarray.js'
import { procedure } from './state.js'

export const shmem_swapoff = procedure(
  'swapoff',
  { locals: { index: ref(ShmemIndex) }, calls: [shmem_get_folio_gfp] },
  {
    /** retry: retval = shmem_unuse(type): shmem_find_swap_entries(mapping, start, &fbatch, indices, type) */
    shmem_unuse(s, me) {
      me.index = me.index === 0 ? (s.shmem_index.ids[0] ?? 0) : nth(s.shmem_index.ids, me.index, 1)
      if (me.index === 0) return 'find_next_to_unuse'
      return s.shmem_index[me.index].slot === 'value' ? 'shmem_swapin_folio' : 'shmem_unuse'
    },
    /** error = shmem_swapin_folio(inode, indices[i], &folio, …); if (error == -ENOMEM) break; error = 0; */
    shmem_swapin_folio(_, me) {
      return call(shmem_get_folio_gfp, { index: known(me.index), once: true }, 'shmem_unuse')
    },
    /** while (READ_ONCE(si->inuse_pages) && (i = find_next_to_unuse(si, i)) != 0) { folio = filemap_get_folio(…); folio_lock(folio); folio_free_swap(folio); only what no count is left of */
    find_next_to_unuse(s) {
      for (const id of s.shmem_index.ids) {
        const entry = s.shmem_index[id]
        if (!entry.SWAP_MAP_SHMEM && entry.swapcache && !spin_is_locked(entry.folio_lock))
          Object.assign(entry, { swapcache: false, SWAP_HAS_CACHE: false })
      }
      return 'inuse_pages'
    },
    /** if (READ_ONCE(si->inuse_pages)) { if (!signal_pending(current)) goto retry; retval = -EINTR; } */
    inuse_pages(s) {
      return s.shmem_index.ids.some((id) => s.shmem_index[id].SWAP_MAP_SHMEM || s.shmem_index[id].SWAP_HAS_CACHE)
        ? 'shmem_unuse'
        : 'percpu_ref_kill'
    },
    /** percpu_ref_kill(&p->users); synchronize_rcu(); */
    percpu_ref_kill(s) {
      percpu_ref_kill(file(s).users)
      return 'wait_for_completion'
    },
    /** wait_for_completion(&p->comp); */
    wait_for_completion(s) {
      return percpu_ref_is_zero(file(s).users) ? 'vfree' : blocked
    },
    /** p->swap_file = NULL; vfree(swap_map); exit_swap_address_space(p->type); */
    vfree(s) {
      file(s).si_life = 'free'
      return ret()
    },
  },
)
