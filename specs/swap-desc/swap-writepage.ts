/** Where a page goes that is written out: to zswap, which needs no slot, or to the swapfile. The folio is locked, and in the swap cache. */
import { bool, known, type Ref, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { held } from '../kernel/anon/folio.js'
import { alloc, live } from '../kernel/memory.js'
import { release_backing } from './desc.js'
import { zswap_lru_add } from './lru.js'
import { guard, procedure, Slot, type State, type SwapDesc, Zentry } from './state.js'
import { swap_rw_page, swap_slot_alloc } from './swap-slot.js'

/** False where neither has room. */
export const swap_writepage = procedure(
  'swap_writepage',
  { args: { folio: Folios }, locals: { zswap_entry: ref(Zentry), slot: ref(Slot) }, returns: bool },
  {
    /** spin_lock(&desc->lock); release_backing(desc); spin_unlock(&desc->lock): what it was backed by is old now */
    release_backing(s, me) {
      const desc = desc_of(s, me.folio)
      if (guard('release the old backing before another takes its place')) release_backing(s, desc)
      return s.zswap_enabled ? 'zswap_store' : 'swap_slot_alloc'
    },
    /** entry = zswap_entry_cache_alloc(…); if (!entry || !zswap_compress(folio, entry)) goto reject: the pool is full */
    zswap_store(s, me) {
      me.zswap_entry = alloc(s.zswap_entry)
      if (me.zswap_entry === 0) return 'swap_slot_alloc'
      s.zswap_entry[me.zswap_entry].data = held(s, me.folio).data
      return 'set_zswap_entry'
    },
    /** spin_lock(&desc->lock); desc->zswap_entry = entry; entry->desc = desc; spin_unlock(&desc->lock); */
    set_zswap_entry(s, me) {
      const desc = desc_of(s, me.folio)
      Object.assign(desc, { type: 'zswap', zswap_entry: me.zswap_entry, slot: 0 })
      s.zswap_entry[known(me.zswap_entry)].swpentry = held(s, me.folio).entry
      return 'zswap_lru_add'
    },
    /** zswap_lru_add(&zswap_lru, entry); under the lock of the list */
    zswap_lru_add(s, me) {
      zswap_lru_add(s, known(me.zswap_entry))
      return ret(true)
    },
    /** slot = swap_slot_alloc(si); if (!slot) return -ENOSPC; */
    swap_slot_alloc(s, me) {
      me.slot = swap_slot_alloc(s)
      return me.slot === 0 ? ret(false) : 'submit_bio_wait'
    },
    submit_bio_wait(s, me) {
      swap_rw_page(s)
      s.medium[known(me.slot)] = held(s, me.folio).data
      return 'set_slot'
    },
    /** spin_lock(&desc->lock); desc->slot = slot; spin_unlock(&desc->lock); */
    set_slot(s, me) {
      const desc = desc_of(s, me.folio)
      Object.assign(desc, { type: 'slot', slot: me.slot, zswap_entry: 0 })
      return ret(true)
    },
  },
)

/** The descriptor of a folio in the swap cache, which keeps it. */
export function desc_of(s: State, folio: Ref<'folio'>): SwapDesc {
  return live(s.desc, s.swap_descs[known(held(s, folio).entry)])
}
