/** mm/rmap.c, mm/migrate.c: the PTEs of an anonymous folio while it is migrated, try_to_migrate() and remove_migration_ptes() (v6.14). */
import { blocked, bool, known, ref, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { first_of_rmap_walk, folio_add_anon_rmap_ptes, next_of_rmap_walk } from './anon-rmap.js'
import { folio_page, folio_page_idx, folio_put, held, page_folio } from './folio.js'
import { next_of_table, pte_lockptr } from './page-table.js'
import { Folios, Pte, procedure } from './state.js'

/** try_to_migrate(folio, flags), by the holder of the folio lock: a migration entry takes the place of each PTE. */
export const try_to_migrate = procedure(
  'try_to_migrate',
  { args: { folio: Folios }, locals: { pte: ref(Pte), writable: bool, anon_exclusive: bool } },
  {
    /** rmap_walk(folio, &rwc); while (page_vma_mapped_walk(&pvmw)): takes the page table lock where the PTE maps the folio */
    rmap_walk(s, me) {
      me.pte = me.pte === 0 ? first_of_rmap_walk(s, held(s, me.folio)) : next_of_rmap_walk(s, me.pte)
      return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
    },
    page_vma_mapped_walk(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.kind !== 'present' || page_folio(s, pte.folio) !== me.folio) return 'rmap_walk'
      return spin_lock(pte_lockptr(s, known(me.pte)), me.self) ? 'ptep_clear_flush' : blocked
    },
    /** check_pte(pvmw); pteval = ptep_clear_flush(vma, address, pvmw.pte); if (pte_dirty(pteval)) folio_mark_dirty(folio); */
    ptep_clear_flush(s, me) {
      const pte = s.pte[known(me.pte)]
      const folio = held(s, me.folio)
      if (pte.kind !== 'present' || page_folio(s, pte.folio) !== me.folio) return 'unlock'
      me.writable = pte.writable
      me.anon_exclusive = held(s, pte.folio).anon_exclusive
      if (pte.dirty) folio.dirty = true
      pte.kind = 'none'
      pte.writable = false
      return 'set_pte_at'
    },
    /**
     * folio_try_share_anon_rmap_pte(folio, subpage); if (pte_write(pteval)) entry = make_writable_migration_entry(…); else if (anon_exclusive) entry =
     * make_readable_exclusive_migration_entry(…); … set_pte_at(mm, address, pvmw.pte, swp_pte);
     */
    set_pte_at(s, me) {
      const pte = s.pte[known(me.pte)]
      held(s, pte.folio).anon_exclusive = false
      pte.kind = 'migration'
      pte.writable = me.writable
      pte.exclusive = me.anon_exclusive
      me.writable = false
      me.anon_exclusive = false
      return 'folio_remove_rmap_pte'
    },
    /** folio_remove_rmap_pte(folio, subpage, vma); */
    folio_remove_rmap_pte(s, me) {
      held(s, me.folio)._mapcount -= 1
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return 'unlock'
    },
    /** page_vma_mapped_walk(): the lock is held for the other PTEs of the table, and then spin_unlock(pvmw->ptl) */
    unlock(s, me) {
      if (next_of_table(s, me)) return 'ptep_clear_flush'
      spin_unlock(pte_lockptr(s, known(me.pte)), me.self)
      return 'rmap_walk'
    },
  },
)

/** remove_migration_ptes(src, dst, 0), by the holder of the lock of `dst`; where nothing was moved, `dst` is `src`. */
export const remove_migration_ptes = procedure(
  'remove_migration_ptes',
  { args: { src: Folios, dst: Folios }, locals: { pte: ref(Pte) } },
  {
    /** rmap_walk(dst, &rwc); while (page_vma_mapped_walk(&pvmw)), with PVMW_MIGRATION: takes the page table lock where the PTE waits for the folio */
    rmap_walk(s, me) {
      me.pte = me.pte === 0 ? first_of_rmap_walk(s, held(s, me.dst)) : next_of_rmap_walk(s, me.pte)
      return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
    },
    page_vma_mapped_walk(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.kind !== 'migration' || page_folio(s, pte.folio) !== me.src) return 'rmap_walk'
      return spin_lock(pte_lockptr(s, known(me.pte)), me.self) ? 'folio_get' : blocked
    },
    /** check_pte(pvmw); folio_get(folio); */
    folio_get(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.kind !== 'migration' || page_folio(s, pte.folio) !== me.src) return 'unlock'
      folio_get(held(s, me.dst))
      return 'folio_add_anon_rmap_pte'
    },
    /** if (!is_readable_migration_entry(entry)) rmap_flags |= RMAP_EXCLUSIVE; folio_add_anon_rmap_pte(folio, new, vma, pvmw.address, rmap_flags); */
    folio_add_anon_rmap_pte(s, me) {
      const pte = known(me.pte)
      const { writable, exclusive, folio } = s.pte[pte]
      folio_add_anon_rmap_ptes(s, held(s, me.dst), pte)
      const page = folio_page(s, me.dst, folio_page_idx(me.src, known(folio)))
      if (writable || exclusive) held(s, page).anon_exclusive = true
      return 'set_pte_at'
    },
    /** set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte, pte); under the page table lock */
    set_pte_at(s, me) {
      const pte = s.pte[known(me.pte)]
      pte.kind = 'present'
      pte.folio = folio_page(s, me.dst, folio_page_idx(me.src, known(pte.folio)))
      pte.exclusive = false
      return 'unlock'
    },
    /** page_vma_mapped_walk(), as above */
    unlock(s, me) {
      if (next_of_table(s, me)) return 'folio_get'
      spin_unlock(pte_lockptr(s, known(me.pte)), me.self)
      return 'rmap_walk'
    },
  },
)
