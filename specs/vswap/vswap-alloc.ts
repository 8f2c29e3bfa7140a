/** mm/vswap.c: allocation of a virtual slot and its physical one (patches 8 and 10), for a folio of one page. */
import { assert, call, known, ref, ret } from '../../checker/index.js'
import { alloc, live } from '../kernel/memory.js'
import { xa_alloc, xa_insert } from '../kernel/xarray.js'
import { Desc, Entry, procedure, Slot, SWAP_CACHE_INC } from './state.js'
import { swap_slot_alloc } from './swap-slot.js'
import { kmem_cache_free, vswap_free } from './vswap-free.js'

/** vswap_alloc(1). Its answer is 0 when there is no memory for a descriptor or no free virtual slot. */
export const vswap_alloc = procedure(
  'vswap_alloc',
  { locals: { desc: ref(Desc) }, returns: ref(Entry) },
  {
    /** kmem_cache_alloc_bulk(swp_desc_cache, …); descs[i]->slot.val = 0; atomic_set(&descs[i]->swap_refs, 1); nobody else has it yet */
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

/** folio_alloc_swap(folio), without mem_cgroup_try_charge_swap(). Its answer is 0 on failure. */
export const folio_alloc_swap = procedure(
  'folio_alloc_swap',
  { locals: { entry: ref(Entry), slot: ref(Slot) }, calls: [vswap_alloc, vswap_free], returns: ref(Entry) },
  {
    /** entry = vswap_alloc(nr); */
    vswap_alloc() {
      return call(vswap_alloc, {}, 'folio_alloc_swap_slot', 'entry')
    },
    /** if (!entry.val) return entry; slot = folio_alloc_swap_slot(folio); the allocator's own locks make it one step */
    folio_alloc_swap_slot(s, me) {
      if (me.entry === 0) return ret(0)
      me.slot = swap_slot_alloc(s)
      return me.slot === 0 ? call(vswap_free, { entry: me.entry }, 'fail') : 'xa_insert'
    },
    /** err = xa_insert(&vswap_rmap, slot.val + i, xa_mk_value(entry.val + i), GFP_KERNEL); VM_WARN_ON(err == -EBUSY); */
    xa_insert(s, me) {
      assert(xa_insert(s.vswap_rmap, known(me.slot), me.entry) === 0, 'VM_WARN_ON(err == -EBUSY)')
      return 'link'
    },
    /** desc->slot.val = slot.val + i; the walk to desc is in this step, for the pin keeps vswap_map[entry] as it is */
    link(s, me) {
      live(s.desc, s.vswap_map[known(me.entry)]).slot = me.slot
      return ret(me.entry)
    },
    /** entry.val = 0; return entry; */
    fail() {
      return ret(0)
    },
  },
)
