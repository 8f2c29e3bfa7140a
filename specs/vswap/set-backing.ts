/** mm/vswap.c: a new backing for a range of virtual slots (patch 12): what was there is released, and then the new one is stored. */
import { assert, blocked, bool, call, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { assert_owned } from './backing-owned.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { release_backing } from './release-backing.js'
import { Entry, Folios, guard, Nr, procedure, Zentry } from './state.js'
import { store_folio, store_zswap_entry } from './swp-desc.js'
import { WarnNever } from './warn-never.js'

/** vswap_store_folio(entry, folio), by the holder of the folio lock. Not in the RFC: where the range may be of mixed backing, an entry at a time. */
export const vswap_store_folio = procedure(
  'vswap_store_folio',
  { args: { entry: Entry, folio: Folios, isMixed: bool }, locals: { released: Nr, offset: Nr }, calls: [release_backing] },
  {
    /** VM_BUG_ON(!folio_test_locked(folio)); VM_BUG_ON(folio->swap.val != entry.val); release_backing(entry, nr); */
    release_backing(s, me) {
      const folio = live(s.folio, me.folio)
      assert(folio.PG_locked, 'VM_BUG_ON(!folio_test_locked(folio))', WarnNever)
      assert(folio.swap === me.entry, 'VM_BUG_ON(folio->swap.val != entry.val)', WarnNever)
      if (!guard('release the backing before another takes its place')) return 'write_lock'
      const entry = swap_nth(s, me.entry, me.released)
      const nr = me.isMixed ? 1 : folio_nr_pages(s, me.folio)
      me.released += nr
      return call(release_backing, { entry, nr }, me.released < folio_nr_pages(s, me.folio) ? 'release_backing' : 'write_lock')
    },
    /**
     * xas_for_each() … write_lock(&desc->lock); desc->type = VSWAP_FOLIO; desc->folio = folio; write_unlock(&desc->lock); one step for each:
     * the pin keeps vswap_map[entry], and the lock is held
     */
    write_lock(s, me) {
      const entry = swap_nth(s, me.entry, me.offset)
      const desc = live(s.desc, s.vswap_map[entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, entry, desc, me.self)
      desc.type = 'VSWAP_FOLIO'
      store_folio(desc, me.folio)
      write_unlock(desc.lock, me.self)
      me.offset++
      return me.offset < folio_nr_pages(s, me.folio) ? 'write_lock' : ret()
    },
  },
)

/** vswap_assoc_zswap(entry, zswap_entry) */
export const vswap_assoc_zswap = procedure(
  'vswap_assoc_zswap',
  { args: { entry: Entry, zswap_entry: ref(Zentry) }, calls: [release_backing] },
  {
    /** release_backing(entry, 1); */
    release_backing(_, me) {
      return call(release_backing, { entry: me.entry, nr: 1 }, 'write_lock')
    },
    /**
     * desc = xa_load(&vswap_map, entry.val); write_lock(&desc->lock); desc->type = VSWAP_ZSWAP; desc->zswap_entry = zswap_entry;
     * write_unlock(&desc->lock); one step: the pin keeps vswap_map[entry], and the lock is held
     */
    write_lock(s, me) {
      const desc = live(s.desc, s.vswap_map[me.entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, me.entry, desc, me.self)
      desc.type = 'VSWAP_ZSWAP'
      store_zswap_entry(desc, me.zswap_entry)
      write_unlock(desc.lock, me.self)
      return ret()
    },
  },
)

/** swap_zeromap_folio_set(folio), by the holder of the folio lock: `entry` is folio->swap, `nr` its pages. */
export const swap_zeromap_folio_set = procedure(
  'swap_zeromap_folio_set',
  { args: { entry: Entry, nr: Nr }, locals: { offset: Nr }, calls: [release_backing] },
  {
    /** release_backing(entry, nr); */
    release_backing(_, me) {
      return call(release_backing, { entry: me.entry, nr: me.nr }, 'write_lock')
    },
    /**
     * xas_for_each() … write_lock(&desc->lock); desc->type = VSWAP_ZERO; write_unlock(&desc->lock); one step for each, as above. What
     * the union held is never read again: it is forgotten here.
     */
    write_lock(s, me) {
      const entry = swap_nth(s, me.entry, me.offset)
      const desc = live(s.desc, s.vswap_map[entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, entry, desc, me.self)
      desc.type = 'VSWAP_ZERO'
      store_folio(desc, 0)
      write_unlock(desc.lock, me.self)
      me.offset++
      return me.offset < me.nr ? 'write_lock' : ret()
    },
  },
)
