/** mm/vswap.c: vswap_migrate() (patch 12). */
import { assert, blocked, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { assert_owned } from './backing-owned.js'
import { held } from './folio.js'
import { Entry, Folios, Nr, procedure } from './state.js'
import { store_folio, union_folio } from './swp-desc.js'
import { WarnNever } from './warn-never.js'
import { walk, xa_index, xas_for_each, xas_has_next } from './xas-for-each.js'

/** The descriptors of the `nr` entries from `entry` on, which is src->swap, refer to `dst` where they referred to `src`. The caller holds the lock of `src`. */
export const vswap_migrate = procedure(
  'vswap_migrate',
  { args: { entry: Entry, nr: Nr, src: Folios, dst: Folios }, locals: { ...walk, nr_folio_backed: Nr } },
  {
    /** VM_WARN_ON(!folio_test_locked(src)); VM_WARN_ON(!folio_test_swapcache(src)); rcu_read_lock(); xas_for_each(&xas, desc, src->swap.val + nr - 1) */
    xas_for_each(s, me) {
      const src = s.folio[me.src]
      assert(src.PG_locked, 'VM_WARN_ON(!folio_test_locked(src))', WarnNever)
      assert(src.swapcache, 'VM_WARN_ON(!folio_test_swapcache(src))', WarnNever)
      if (xas_for_each(s, me)) return 'write_lock'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
    /**
     * write_lock(&desc->lock); if (desc->type == VSWAP_FOLIO) { VM_WARN_ON(desc->folio != src); desc->folio = dst; nr_folio_backed++; }
     * write_unlock(&desc->lock); one step, for all hold the lock; after the last, rcu_read_unlock(); VM_WARN_ON(nr_folio_backed && nr_folio_backed != nr);
     */
    write_lock(s, me) {
      const desc = live(s.desc, me.desc)
      if (!write_lock(desc.lock, me.self)) return blocked
      if (desc.type === 'VSWAP_FOLIO') {
        assert(union_folio(desc) === me.src, 'VM_WARN_ON(desc->folio != src)', WarnNever)
        assert_owned(s, xa_index(s, me), desc, me.self)
        held(s, me.dst)
        store_folio(desc, me.dst)
        me.nr_folio_backed++
      }
      write_unlock(desc.lock, me.self)
      if (xas_has_next(me)) return 'xas_for_each'
      const isMixed = me.nr_folio_backed !== 0 && me.nr_folio_backed !== me.nr
      assert(!isMixed, 'VM_WARN_ON(nr_folio_backed && nr_folio_backed != nr)', WarnNever)
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)
