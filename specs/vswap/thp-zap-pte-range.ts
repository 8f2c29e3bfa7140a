/** mm/memory.c: zap_pte_range() of PTEs in a row (v6.14 with patches 10 and 15). Their table is locked from the first to the last. */
import { assert, blocked, call, known, ordinal, type Ref, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_put_refs, held, page_folio } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { free_swap_cache } from './free-swap-cache.js'
import { pte_lockptr, pte_nth } from './page-table.js'
import { Folios, Nr, type PageTableEntry, Pte, procedure, type State } from './state.js'
import { swap_pte_batch } from './swap-pte-batch.js'

/** Of `end` PTEs from `pte` on. Those that map pages are in no more than two batches, each of one folio, as `encoded_page` has them. */
export const thp_zap_pte_range = procedure(
  'zap_pte_range',
  {
    args: { pte: Pte, end: Nr },
    locals: { n: Nr, nr: Nr, i: Nr, folio: ref(Folios), refs: Nr, folio2: ref(Folios), refs2: Nr },
    calls: [swap_pte_batch, free_swap_and_cache_nr, free_swap_cache],
  },
  {
    /** start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'do_zap_pte_range' : blocked
    },
    /** do_zap_pte_range(): if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes() else zap_nonpresent_ptes(): nr = swap_pte_batch(pte, max_nr, ptent); a migration entry has no reference to give back */
    do_zap_pte_range(s, me) {
      if (me.n >= me.end) return 'pte_unmap_unlock'
      const at = known(pte_nth(s, me.pte, me.n))
      const { kind, entry, exclusive } = s.pte[at]
      if (kind === 'present') return 'zap_present_folio_ptes'
      if (kind === 'swap' && entry !== 0)
        return call(
          swap_pte_batch,
          { start_ptep: at, max_nr: me.end - me.n, entry, isExclusive: exclusive },
          'free_swap_and_cache_nr',
          'nr',
        )
      if (kind === 'migration') clear_pte(s.pte[at])
      me.n++
      return 'do_zap_pte_range'
    },
    /** free_swap_and_cache_nr(entry, nr); */
    free_swap_and_cache_nr(s, me) {
      const { entry } = s.pte[known(pte_nth(s, me.pte, me.n))]
      return call(free_swap_and_cache_nr, { entry: known(entry), nr: me.nr }, 'clear_not_present_full_ptes')
    },
    /** clear_not_present_full_ptes(vma->vm_mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      for (let n = 0; n < me.nr; n++) {
        const pte = s.pte[known(pte_nth(s, me.pte, me.n + n))]
        if (pte.entry !== 0) s.in_flight[pte.entry] += 1
        clear_pte(pte)
      }
      me.n += me.nr
      me.nr = 0
      return 'do_zap_pte_range'
    },
    /**
     * nr = folio_pte_batch(folio, addr, pte, ptent, max_nr, …); clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); a PTE at a time, for those who look
     * without the lock; the references of the PTEs are ours now: __tlb_remove_folio_pages(tlb, page, nr, delay_rmap)
     */
    zap_present_folio_ptes(s, me) {
      const at = pte_nth(s, me.pte, me.n + me.i)
      if (me.i === 0) {
        me.nr = folio_pte_batch(s, at, me.end - me.n)
        gather(me, page_folio(s, s.pte[known(at)].folio))
      }
      clear_pte(s.pte[known(at)])
      me.i++
      return me.i < me.nr ? 'zap_present_folio_ptes' : 'folio_remove_rmap_ptes'
    },
    /** folio_remove_rmap_ptes(folio, page, nr, vma): atomic_sub(nr_pages, &folio->_large_mapcount); */
    folio_remove_rmap_ptes(s, me) {
      held(s, me.folio2 === 0 ? me.folio : me.folio2)._mapcount -= me.nr
      me.n += me.nr
      me.nr = 0
      me.i = 0
      return 'do_zap_pte_range'
    },
    /** pte_unmap_unlock(start_pte, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return me.folio === 0 ? ret() : 'free_swap_cache'
    },
    /** tlb_finish_mmu() … free_pages_and_swap_cache(): for (int i = 0; i < nr; i++) free_swap_cache(folio); */
    free_swap_cache(_, me) {
      const isLast = me.i === 1 || me.folio2 === 0
      const folio = me.i === 0 ? me.folio : me.folio2
      me.i = isLast ? 0 : 1
      return call(free_swap_cache, { folio: known(folio) }, isLast ? 'folios_put_refs' : 'free_swap_cache')
    },
    /** folios_put_refs(&folios, refs); of one folio after the other */
    folios_put_refs(s, me) {
      folio_put_refs(s, me.folio, me.refs)
      me.folio = me.folio2
      me.refs = me.refs2
      me.folio2 = 0
      me.refs2 = 0
      return me.folio === 0 ? ret() : 'folios_put_refs'
    },
  },
)

interface Gathered {
  readonly nr: number
  folio: Ref<'folio'>
  refs: number
  folio2: Ref<'folio'>
  refs2: number
}

/** The next batch of `nr` references, which `tlb` has until its end. */
function gather(me: Gathered, folio: Ref<'folio'>): void {
  assert(me.folio2 === 0, 'no more than two batches')
  if (me.folio === 0) {
    me.folio = folio
    me.refs = me.nr
  } else {
    me.folio2 = folio
    me.refs2 = me.nr
  }
}

/** folio_pte_batch(): how many PTEs in a row from this one on, of `max_nr` at most, map pages in a row of one folio. */
function folio_pte_batch(s: State, start: Ref<'pte'>, max_nr: number): number {
  const { folio: first } = s.pte[known(start)]
  let nr = 1
  while (nr < max_nr && isNext(s, s.pte[known(pte_nth(s, start, nr))], first, nr)) nr++
  return nr
}

function isNext(s: State, pte: PageTableEntry, first: Ref<'folio'>, nr: number): boolean {
  return (
    pte.kind === 'present' && page_folio(s, pte.folio) === page_folio(s, first) && ordinal(known(pte.folio)) === ordinal(known(first)) + nr
  )
}
