/**
 * mm/memory.c: do_swap_page() of a page on a zram with CONFIG_ZRAM_WRITEBACK, which has written the page to its backing device (v4.18): zram_bvec_read() submits the
 * read, and page_endio() ends it. A zram without a backing device answers before swap_readpage() returns, and calls itself BDI_CAP_SYNCHRONOUS_IO.
 *
 * Left out: the page table, and a fault that may wait for the page. This one may not (FAULT_FLAG_RETRY_NOWAIT, as of KVM), and is taken again.
 */
import { blocked, type Id, known, ref, ret } from '../../../checker/index.js'
import { alloc, free, live } from '../../kernel/memory.js'
import { guard, procedure, type State } from '../state.js'
import { ZramPage } from './zram-fields.js'

export const do_swap_page_nowait = procedure(
  'do_swap_page',
  { locals: { page: ref(ZramPage) } },
  {
    /**
     * page = lookup_swap_cache(entry, vma, vmf->address); if (!page) { if (si->flags & SWP_SYNCHRONOUS_IO && __swap_count(si, entry) == 1) { page =
     * alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, vmf->address); __SetPageLocked(page); else page = swapin_readahead(…), whose page is in the swap cache, too
     */
    alloc_page_vma(s, me) {
      me.page = s.zram_page.ids.find((id) => s.zram_page[id].swapcache) ?? 0
      if (me.page !== 0) {
        s.zram_page[me.page]._refcount += 1
        return 'lock_page_or_retry'
      }
      me.page = alloc(s.zram_page)
      const page = s.zram_page[known(me.page)]
      const isSynchronous = !guard('do not call a device synchronous that answers later')
      page.PG_locked = true
      page.swapcache = !isSynchronous
      page._refcount = isSynchronous ? 1 : 2
      return 'swap_readpage'
    },
    /** swap_readpage(page, true): bdev_read_page(…): zram_rw_page(): case 1: the bio is chained to the backing device; ret = 0 */
    swap_readpage(s, me) {
      s.zram_page[known(me.page)].reading = true
      return 'lock_page_or_retry'
    },
    /** locked = lock_page_or_retry(page, vma->vm_mm, vmf->flags); if (!locked) { ret |= VM_FAULT_RETRY; goto out_release; } */
    lock_page_or_retry(s, me) {
      const page = s.zram_page[known(me.page)]
      if (page.PG_locked) return 'put_page'
      page.PG_locked = true
      return 'unlock_page'
    },
    /** … set_pte_at(vma->vm_mm, vmf->address, vmf->pte, pte); unlock_page(page); */
    unlock_page(s, me) {
      s.zram_page[known(me.page)].PG_locked = false
      return ret()
    },
    /** out_release: put_page(page); the fault is taken again */
    put_page(s, me) {
      put_page(s, known(me.page))
      me.page = 0
      return 'alloc_page_vma'
    },
  },
)

/** The backing device, which answers one read. */
export const page_endio = procedure(
  'page_endio',
  {},
  {
    /** page_endio(page, is_write, err): SetPageUptodate(page); unlock_page(page); */
    SetPageUptodate(s) {
      const id = s.zram_page.ids.find((page) => s.zram_page[page].reading)
      if (id === undefined) return blocked
      const page = live(s.zram_page, id)
      Object.assign(page, { PG_uptodate: true, PG_locked: false, reading: false })
      return ret()
    },
  },
)

/** put_page(page): with the last reference, the page goes back to its free list, and what is wrong with its flags is seen when it is allocated. */
function put_page(s: State, page: Id<'zram_page'>): void {
  s.zram_page[page]._refcount -= 1
  if (s.zram_page[page]._refcount > 0) return
  s.zram_page[page].PG_locked = false
  free(s.zram_page, page)
}
