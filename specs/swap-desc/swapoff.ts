/** swapoff "by directly scanning all swap_desc's instead of going through page tables and shmem page caches". */
import { blocked, call, known, nth, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { release_backing } from './desc.js'
import { read_swap_cache } from './read-swap-cache.js'
import { Desc, guard, procedure } from './state.js'
import { desc_of } from './swap-writepage.js'

export const swapoff = procedure(
  'swapoff',
  { locals: { entry: ref(Entry), desc: ref(Desc), folio: ref(Folios) }, calls: [read_swap_cache] },
  {
    /** si->flags &= ~SWP_WRITEOK; under si->lock */
    clear_writeok(s, me) {
      s.SWP_WRITEOK = false
      me.entry = known(s.swap_descs.ids[0] ?? 0)
      return 'xa_for_each'
    },
    /** rcu_read_lock(); xa_for_each(&swap_descs, id, desc) */
    xa_for_each(s, me) {
      me.desc = s.swap_descs[known(me.entry)]
      if (me.desc === 0) return 'next'
      rcu_read_lock(s.rcu, me.self)
      return 'test_type'
    },
    /** spin_lock(&desc->lock); isOnDevice = desc->slot; spin_unlock(&desc->lock); rcu_read_unlock(); if (isOnDevice) folio = read_swap_cache(id); */
    test_type(s, me) {
      const desc = live(s.desc, me.desc)
      rcu_read_unlock(s.rcu, me.self)
      return desc.type === 'slot' ? call(read_swap_cache, { entry: known(me.entry) }, 'folio_lock', 'folio') : 'next'
    },
    folio_lock(s, me) {
      if (me.folio === 0) return 'next'
      return folio_lock(held(s, me.folio), me.self) ? 'release_backing' : blocked
    },
    /** spin_lock(&desc->lock); if (desc->slot) { release_backing(desc); folio_mark_dirty(folio); } spin_unlock(&desc->lock); under the folio lock */
    release_backing(s, me) {
      const folio = held(s, me.folio)
      if (!folio.swapcache) return 'folio_unlock'
      const desc = desc_of(s, me.folio)
      if (desc.type !== 'slot') return 'folio_unlock'
      release_backing(s, desc)
      if (guard('dirty the folio whose slot is taken away')) folio.dirty = true
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
      me.desc = 0
      me.entry = nth(s.swap_descs.ids, known(me.entry), 1)
      return me.entry === 0 ? 'inuse_pages' : 'xa_for_each'
    },
    /** if (si->inuse_pages) goto retry; */
    inuse_pages(s, me) {
      const isInUse = s.swap_map.ids.some((slot) => s.swap_map[slot] === 'allocated')
      if (!isInUse || !guard('scan again until no slot is in use')) return 'teardown'
      me.entry = known(s.swap_descs.ids[0] ?? 0)
      return 'xa_for_each'
    },
    teardown(s) {
      s.torn_down = true
      return ret()
    },
  },
)
