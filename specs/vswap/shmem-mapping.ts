/**
 * mm/shmem.c, mm/filemap.c: one slot of `mapping->i_pages` of a shmem file (v6.14).
 *
 * It is a record of the array of PTEs: 'swap' is a value, 'present' is a folio in the page cache. Each access is one step, under xa_lock or
 * RCU. `folio->mapping` and `folio->index` change under the folio lock alone.
 */
import { assert, type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { held } from './folio.js'
import type { PageTableEntry, State } from './state.js'

/** shmem_confirm_swap(mapping, index, swap): xa_load(&mapping->i_pages, index) == swp_to_radix_entry(swap) */
export function shmem_confirm_swap(page: PageTableEntry, swap: Ref<'entry'>): boolean {
  return page.kind === 'swap' && page.entry === swap
}

/** folio->mapping == inode->i_mapping, as far as this slot goes. */
export function is_in_mapping(s: State, folio: Ref<'folio'>, index: Id<'pte'>): boolean {
  const { pagecache, index: at } = held(s, folio)
  return pagecache && at === ordinal(index)
}

/**
 * The end of shmem_add_to_page_cache(): folio_ref_add(folio, nr); folio->mapping = mapping; folio->index = index; xas_store(&xas, folio);
 * The caller holds the folio lock.
 */
export function shmem_add_to_page_cache(s: State, folio: Ref<'folio'>, index: Id<'pte'>): void {
  const page = s.pte[index]
  folio_ref_add(held(s, folio), 1)
  held(s, folio).pagecache = true
  held(s, folio).index = ordinal(index)
  if (page.entry !== 0) s.in_flight[page.entry] += 1
  page.kind = 'present'
  page.folio = folio
  page.entry = 0
}

/** shmem_delete_from_page_cache(folio, swp_to_radix_entry(swap)), but for folio_put_refs(): the value takes the place of the folio. */
export function shmem_delete_from_page_cache(s: State, folio: Ref<'folio'>, swap: Id<'entry'>): void {
  const page = s.pte[index_of(s, folio)]
  assert(page.kind === 'present' && page.folio === folio, 'BUG_ON(error)')
  forget_mapping(s, folio)
  page.kind = 'swap'
  page.folio = 0
  page.entry = swap
  s.in_flight[swap] -= 1
}

/** __filemap_remove_folio(folio, NULL): the slot is empty. */
export function __filemap_remove_folio(s: State, folio: Ref<'folio'>, index: Id<'pte'>): void {
  const page = s.pte[index]
  assert(page.folio === folio, 'VM_BUG_ON_PAGE(entry != folio, entry)')
  forget_mapping(s, folio)
  page.kind = 'none'
  page.folio = 0
}

/** folio->index, as the slot. */
export function index_of(s: State, folio: Ref<'folio'>): Id<'pte'> {
  return known(nth(s.pte.ids, known(s.pte.ids[0] ?? 0), held(s, folio).index - 1))
}

function forget_mapping(s: State, folio: Ref<'folio'>): void {
  held(s, folio).pagecache = false
  held(s, folio).index = 0
}
