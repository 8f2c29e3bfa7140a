/** The folio behind a swap id: found in the swap cache, or put there and read. */
import { type Id, known, oneOf, type Ref, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_alloc, folio_put, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { is_unused } from './desc.js'
import { Desc, guard, procedure, Slot, type State, Zentry } from './state.js'
import { swap_rw_page } from './swap-slot.js'

/** desc->folio = folio; folio_get(folio): under desc->lock, of a folio that is locked. */
export function add_to_swap_cache(s: State, folio: Ref<'folio'>, entry: Id<'entry'>): void {
  const page = held(s, folio)
  folio_get(page)
  live(s.desc, s.swap_descs[entry]).folio = folio
  Object.assign(page, { swapcache: true, entry, lru: true })
}

/** A folio with a reference for the caller, locked by somebody else while it is being read; 0 where the id has gone, or there is no memory. */
export const read_swap_cache = procedure(
  'read_swap_cache',
  {
    args: { entry: Entry },
    locals: {
      desc: ref(Desc),
      folio: ref(Folios),
      own: ref(Folios),
      type: oneOf('none', 'slot', 'zswap'),
      slot: ref(Slot),
      zswap_entry: ref(Zentry),
    },
    returns: ref(Folios),
  },
  {
    /** rcu_read_lock(); desc = xa_load(&swap_descs, id); */
    xa_load(s, me) {
      me.desc = s.swap_descs[me.entry]
      if (me.desc === 0) return ret(0)
      rcu_read_lock(s.rcu, me.self)
      return 'lookup'
    },
    /** spin_lock(&desc->lock); folio = desc->folio; if (folio) folio_get(folio); spin_unlock(&desc->lock); */
    lookup(s, me) {
      const desc = live(s.desc, me.desc)
      me.folio = desc.folio
      if (me.folio === 0) return me.own === 0 ? 'folio_alloc' : 'add_to_swap_cache'
      if (!guard('take the reference to the folio under the lock of the descriptor')) return 'folio_get'
      folio_get(held(s, me.folio))
      return 'rcu_read_unlock'
    },
    /** The same, where the lock has been dropped before. */
    folio_get(s, me) {
      folio_get(held(s, me.folio))
      return 'rcu_read_unlock'
    },
    /** folio = folio_alloc(GFP_NOWAIT, 0); folio_lock(folio): nobody else knows it */
    folio_alloc(s, me) {
      me.own = folio_alloc(s)
      if (me.own === 0) return 'rcu_read_unlock'
      folio_trylock(held(s, me.own), me.self)
      return 'add_to_swap_cache'
    },
    /** spin_lock(&desc->lock); if (desc->folio) goto again; if (!desc->swap_count) goto gone; desc->folio = folio; what it is backed by is kept by the folio lock from here on; spin_unlock(&desc->lock); */
    add_to_swap_cache(s, me) {
      const desc = live(s.desc, me.desc)
      if (is_unused(desc)) return 'rcu_read_unlock'
      if (desc.folio !== 0 && guard('look at the swap cache again before a folio goes into it')) return 'lookup'
      add_to_swap_cache(s, me.own, me.entry)
      Object.assign(me, { type: desc.type, slot: desc.slot, zswap_entry: desc.zswap_entry })
      rcu_read_unlock(s.rcu, me.self)
      return 'swap_read_folio'
    },
    /** swap_read_folio(folio), zswap_load(folio) */
    swap_read_folio(s, me) {
      Object.assign(held(s, me.own), { data: load(s, me), uptodate: true })
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.own), me.self)
      return ret(me.own)
    },
    /** rcu_read_unlock(); of another's folio, or of none */
    rcu_read_unlock(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return me.own === 0 ? ret(me.folio) : 'folio_put'
    },
    /** folio_unlock(own); folio_put(own): it came too late */
    folio_put(s, me) {
      folio_unlock(held(s, me.own), me.self)
      folio_put(s, me.own)
      return ret(me.folio)
    },
  },
)

interface Backing {
  readonly type: 'none' | 'slot' | 'zswap'
  readonly slot: Ref<'slot'>
  readonly zswap_entry: Ref<'zentry'>
}

function load(s: State, { type, slot, zswap_entry }: Backing): number {
  if (type === 'zswap') return live(s.zswap_entry, zswap_entry).data
  swap_rw_page(s)
  return s.medium[known(slot)]
}
