/** The shrinker of zswap: the oldest page goes to a slot of the swapfile. */
import { known, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_alloc, folio_put, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { release_backing } from './desc.js'
import { zswap_lru_add, zswap_lru_del, zswap_lru_first } from './lru.js'
import { add_to_swap_cache } from './read-swap-cache.js'
import { Desc, guard, procedure, Slot, Zentry } from './state.js'
import { swap_rw_page, swap_slot_alloc, swap_slot_free } from './swap-slot.js'

export const zswap_writeback_entry = procedure(
  'zswap_writeback_entry',
  { locals: { zswap_entry: ref(Zentry), entry: ref(Entry), desc: ref(Desc), folio: ref(Folios), slot: ref(Slot) } },
  {
    /** spin_lock(&lru_lock); entry = list_first_entry_or_null(&zswap_lru, …); list_del_init(&entry->lru); id = entry->swpentry; spin_unlock(&lru_lock): from here on the entry may go */
    list_del_init(s, me) {
      const entry = zswap_lru_first(s)
      if (entry === 0) return ret()
      zswap_lru_del(s, entry)
      me.zswap_entry = entry
      me.entry = live(s.zswap_entry, entry).swpentry
      return 'folio_alloc'
    },
    /** folio = folio_alloc(GFP_KERNEL, 0); folio_lock(folio); with no memory the entry goes back to the list below */
    folio_alloc(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio !== 0) folio_trylock(held(s, me.folio), me.self)
      return 'xa_load'
    },
    /** rcu_read_lock(); desc = xa_load(&swap_descs, id); */
    xa_load(s, me) {
      me.desc = s.swap_descs[known(me.entry)]
      if (me.desc === 0) return 'drop'
      rcu_read_lock(s.rcu, me.self)
      return 'add_to_swap_cache'
    },
    /** spin_lock(&desc->lock); if (desc->zswap_entry != entry) …: it has gone; if (!folio || desc->folio) zswap_lru_add(entry); else desc->folio = folio; spin_unlock(&desc->lock); rcu_read_unlock(); */
    add_to_swap_cache(s, me) {
      const desc = live(s.desc, me.desc)
      rcu_read_unlock(s.rcu, me.self)
      if (desc.type !== 'zswap' || desc.zswap_entry !== me.zswap_entry) return 'drop'
      if (me.folio === 0 || desc.folio !== 0) {
        zswap_lru_add(s, known(me.zswap_entry))
        return 'drop'
      }
      if (guard('write back through the swap cache')) add_to_swap_cache(s, me.folio, known(me.entry))
      return 'zswap_decompress'
    },
    /** zswap_decompress(entry, folio); who has the folio in the swap cache locked keeps the entry */
    zswap_decompress(s, me) {
      Object.assign(held(s, me.folio), { data: live(s.zswap_entry, me.zswap_entry).data, uptodate: true })
      return 'swap_slot_alloc'
    },
    /** slot = swap_slot_alloc(si); if (!slot) …: the folio stays in the swap cache, and the entry goes back to the list */
    swap_slot_alloc(s, me) {
      me.slot = swap_slot_alloc(s)
      return me.slot === 0 ? 'zswap_lru_add' : 'submit_bio_wait'
    },
    zswap_lru_add(s, me) {
      zswap_lru_add(s, known(me.zswap_entry))
      return 'folio_unlock'
    },
    submit_bio_wait(s, me) {
      swap_rw_page(s)
      s.medium[known(me.slot)] = held(s, me.folio).data
      return 'set_slot'
    },
    /** spin_lock(&desc->lock); release_backing(desc); desc->slot = slot; spin_unlock(&desc->lock); */
    set_slot(s, me) {
      const id = s.swap_descs[known(me.entry)]
      const isThere = id !== 0 && s.desc[id].zswap_entry === me.zswap_entry
      if (!isThere) {
        swap_slot_free(s, me.slot)
        return 'folio_unlock'
      }
      const desc = live(s.desc, id)
      release_backing(s, desc)
      Object.assign(desc, { type: 'slot', slot: me.slot })
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
    /** folio_unlock(folio); folio_put(folio); where there is one */
    drop(_, me) {
      return me.folio === 0 ? ret() : 'folio_unlock'
    },
  },
)
