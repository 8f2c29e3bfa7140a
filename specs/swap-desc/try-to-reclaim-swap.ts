/** The folio of a swap id that nobody holds any more. */
import { call, known, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { folio_get } from '../kernel/folio-ref.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Desc, procedure } from './state.js'

export const try_to_reclaim_swap = procedure(
  'try_to_reclaim_swap',
  { args: { entry: Entry }, locals: { desc: ref(Desc), folio: ref(Folios) }, calls: [free_swap_cache] },
  {
    /** rcu_read_lock(); desc = xa_load(&swap_descs, id); */
    xa_load(s, me) {
      me.desc = s.swap_descs[me.entry]
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'lookup'
    },
    /** spin_lock(&desc->lock); folio = desc->folio; if (folio) folio_get(folio); spin_unlock(&desc->lock); rcu_read_unlock(); free_swap_cache(folio); */
    lookup(s, me) {
      const desc = live(s.desc, me.desc)
      me.folio = desc.folio
      rcu_read_unlock(s.rcu, me.self)
      if (me.folio === 0) return ret()
      folio_get(held(s, me.folio))
      return call(free_swap_cache, { folio: known(me.folio) }, 'folio_put')
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
