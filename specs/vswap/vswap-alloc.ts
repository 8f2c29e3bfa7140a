/** mm/vswap.c: allocation of a virtual slot (patches 8, 10 and 12), for a folio of one page. */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { alloc, live } from '../kernel/memory.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_alloc } from '../kernel/xarray.js'
import { Memcg } from './memcg.js'
import { mem_cgroup_record_swap } from './memcg-charge.js'
import { Desc, Entry, Folios, guard, procedure, SWAP_CACHE_INC } from './state.js'
import { store_folio } from './swp-desc.js'
import { kmem_cache_free } from './vswap-free.js'

/** vswap_alloc(1). Its answer is 0 when there is no memory for a descriptor or no free virtual slot. */
export const vswap_alloc = procedure(
  'vswap_alloc',
  { locals: { desc: ref(Desc) }, returns: ref(Entry) },
  {
    /** kmem_cache_alloc_bulk(swp_desc_cache, …); descs[i]->type = VSWAP_SWAPFILE; descs[i]->slot.val = 0; atomic_set(&descs[i]->swap_refs, 1); nobody else has it yet */
    kmem_cache_alloc(s, me) {
      me.desc = alloc(s.desc)
      if (me.desc === 0) return ret(0)
      s.desc[me.desc].swap_refs = SWAP_CACHE_INC
      return 'xa_alloc'
    },
    /** xa_lock(&vswap_map); __xa_alloc(&vswap_map, &index, descs[0], vswap_map_limit, GFP_KERNEL); one step under xa_lock */
    xa_alloc(s, me) {
      const entry = xa_alloc(s.vswap_map, me.desc)
      if (entry !== 0) s.pin[entry] = me.self
      else kmem_cache_free(s, me.desc)
      return ret(entry)
    },
  },
)

/** folio_alloc_swap(folio). Its answer is 0 on failure. */
export const folio_alloc_swap = procedure(
  'folio_alloc_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), memcg: ref(Memcg) }, calls: [vswap_alloc], returns: ref(Entry) },
  {
    /** entry = vswap_alloc(nr); */
    vswap_alloc() {
      return call(vswap_alloc, {}, 'store_folio', 'entry')
    },
    /**
     * if (!entry.val) return entry; mem_cgroup_record_swap(folio, entry), an access at a time; xas_for_each() … desc->folio = folio; plain
     * stores without the lock, this one and the next, and whoever still has the virtual slot from its last life may look. Not in the RFC:
     * write_lock(&desc->lock);
     */
    store_folio(s, me) {
      if (me.entry === 0) return ret(0)
      if (!mem_cgroup_record_swap(s, me.folio, me.entry, me)) return 'store_folio'
      const desc = live(s.desc, s.vswap_map[me.entry])
      if (guard('write_lock in folio_alloc_swap') && !write_lock(desc.lock, me.self)) return blocked
      store_folio(desc, me.folio)
      return 'store_type'
    },
    /** desc->type = VSWAP_FOLIO; not in the RFC: write_unlock(&desc->lock); */
    store_type(s, me) {
      const desc = live(s.desc, s.vswap_map[known(me.entry)])
      desc.type = 'VSWAP_FOLIO'
      if (guard('write_lock in folio_alloc_swap')) write_unlock(desc.lock, me.self)
      return ret(me.entry)
    },
  },
)
