/** A fault on a page that is out. */
import { blocked, bool, call, known, ref, ret } from '../../../checker/index.js'
import { folio_lock, folio_unlock } from '../folio-lock.js'
import { spin_lock, spin_unlock } from '../spinlock.js'
import { Entry, Folios, Pte, procedure } from './fields.js'
import { folio_put, held } from './folio.js'
import type { Guard, ReadSwapCache, SwapFree } from './swap.js'

/** do_swap_page() */
export const doSwapPage = (read_swap_cache: ReadSwapCache, swap_free: SwapFree, guard: Guard) =>
  procedure(
    'do_swap_page',
    {
      args: { pte: Pte, write: bool },
      locals: { entry: ref(Entry), folio: ref(Folios), last: bool },
      calls: [read_swap_cache, swap_free],
    },
    {
      /** entry = pte_to_swp_entry(vmf->orig_pte); folio = read_swap_cache(entry); */
      read_swap_cache(s, me) {
        const { kind, entry } = s.pte[me.pte]
        if (kind !== 'swap') return ret()
        me.entry = entry
        return call(read_swap_cache, { entry: known(entry) }, 'folio_lock', 'folio')
      },
      /** if (!folio) goto out; folio_lock(folio); */
      folio_lock(s, me) {
        if (me.folio === 0) return ret()
        return folio_lock(held(s, me.folio), me.self) ? 'recheck' : blocked
      },
      /** if (!folio_test_swapcache(folio) || folio->swap.val != entry.val) goto out_page; under the folio lock */
      recheck(s, me) {
        const { swapcache, entry } = held(s, me.folio)
        const isSame = swapcache && entry === me.entry
        return isSame || !guard('recheck the entry of the folio once it is locked') ? 'pte_offset_map_lock' : 'out_page'
      },
      pte_offset_map_lock(s, me) {
        return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same' : blocked
      },
      /** if (!pte_same(ptep_get(vmf->pte), vmf->orig_pte)) goto out_nomap; swap_free(entry); */
      pte_same(s, me) {
        const { kind, entry } = s.pte[me.pte]
        const isSame = kind === 'swap' && entry === me.entry
        if (!isSame && guard('pte_same under the page table lock')) return 'out_nomap'
        return call(swap_free, { entry: known(me.entry) }, 'set_pte_at', 'last')
      },
      /**
       * if (last && folio_ref_count(folio) == 2) pte = pte_mkwrite(pte); set_pte_at(mm, address, vmf->pte, pte); folio_add_anon_rmap_pte(folio): under the
       * folio lock, which who would raise a count of 0 needs; our reference is the PTE's now
       */
      set_pte_at(s, me) {
        const folio = held(s, me.folio)
        const writable = me.write && me.last && folio._refcount === 2
        Object.assign(s.pte[me.pte], { kind: 'present', folio: me.folio, writable, entry: 0 })
        s.in_flight[known(me.entry)] += 1
        folio._mapcount += 1
        return 'pte_unmap_unlock'
      },
      pte_unmap_unlock(s, me) {
        spin_unlock(s.pte[me.pte].ptl, me.self)
        return 'folio_unlock'
      },
      folio_unlock(s, me) {
        folio_unlock(held(s, me.folio), me.self)
        return ret()
      },
      /** out_nomap: pte_unmap_unlock(vmf->pte, vmf->ptl); */
      out_nomap(s, me) {
        spin_unlock(s.pte[me.pte].ptl, me.self)
        return 'out_page'
      },
      /** out_page: folio_unlock(folio); */
      out_page(s, me) {
        folio_unlock(held(s, me.folio), me.self)
        return 'folio_put'
      },
      /** folio_put(folio); return; the access is tried again */
      folio_put(s, me) {
        folio_put(s, me.folio)
        return ret()
      },
    },
  )
