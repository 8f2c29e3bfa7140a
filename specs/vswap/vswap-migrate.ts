/** mm/vswap.c: vswap_migrate() (patch 12), for one entry. */
import { assert, blocked, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_load } from '../kernel/xarray.js'
import { held } from './folio.js'
import { Desc, Entry, Folios, procedure } from './state.js'
import { store_folio, union_folio } from './swp-desc.js'
import { WarnNever } from './warn-never.js'

/** The descriptor of `entry`, which is src->swap, refers to `dst` where it referred to `src`. The caller holds the lock of `src`. */
export const vswap_migrate = procedure(
  'vswap_migrate',
  { args: { entry: Entry, src: Folios, dst: Folios }, locals: { desc: ref(Desc) } },
  {
    /** VM_WARN_ON(!folio_test_locked(src)); VM_WARN_ON(!folio_test_swapcache(src)); rcu_read_lock(); xas_for_each(&xas, desc, src->swap.val + nr - 1) */
    xas_for_each(s, me) {
      const src = s.folio[me.src]
      assert(src.PG_locked, 'VM_WARN_ON(!folio_test_locked(src))', WarnNever)
      assert(src.swapcache, 'VM_WARN_ON(!folio_test_swapcache(src))', WarnNever)
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'write_lock'
    },
    /**
     * write_lock(&desc->lock); if (desc->type == VSWAP_FOLIO) { VM_WARN_ON(desc->folio != src); desc->folio = dst; …; }
     * write_unlock(&desc->lock); rcu_read_unlock(); one step, for all hold the lock
     */
    write_lock(s, me) {
      const desc = live(s.desc, me.desc)
      if (!write_lock(desc.lock, me.self)) return blocked
      if (desc.type === 'VSWAP_FOLIO') {
        assert(union_folio(desc) === me.src, 'VM_WARN_ON(desc->folio != src)', WarnNever)
        held(s, me.dst)
        store_folio(desc, me.dst)
      }
      write_unlock(desc.lock, me.self)
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)
