/**
 * mm/shmem.c, mm/filemap.c: the slots of `mapping->i_pages` of a shmem file (v6.14).
 *
 * It is a record of the array of PTEs: 'swap' is a value, 'present' is a folio in the page cache, and 'sibling' a slot of an entry that starts before
 * it (`multi-index.ts`). Each access is one step, under xa_lock or RCU. `folio->mapping` and `folio->index` change under the folio lock alone.
 */
import { assert, type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { folio_nr_pages, folio_page, held, swap_nth } from './folio.js'
import { canonical, swap_entry_of } from './multi-index.js'
import type { PageTableEntry, State } from './state.js'

/** shmem_confirm_swap(mapping, index, swap): xa_load(&mapping->i_pages, index) == swp_to_radix_entry(swap) */
export function shmem_confirm_swap(page: PageTableEntry, swap: Ref<'entry'>): boolean {
  return page.kind === 'swap' && page.entry === swap
}

/** folio->mapping == inode->i_mapping: there is one file. */
export function is_in_mapping(s: State, folio: Ref<'folio'>): boolean {
  return held(s, folio).pagecache
}

/** folio_file_page(folio, index) */
export function folio_file_page(s: State, folio: Ref<'folio'>, index: Id<'pte'>): Id<'folio'> {
  return folio_page(s, folio, ordinal(index) - held(s, folio).index)
}

/**
 * The end of shmem_add_to_page_cache(): folio_ref_add(folio, nr); folio->mapping = mapping; folio->index = index; xas_store(&xas, folio);
 * The caller holds the folio lock, and `index` is the first slot of the folio.
 */
export function shmem_add_to_page_cache(s: State, folio: Ref<'folio'>, index: Id<'pte'>): void {
  const slots = slots_of(s, folio, index)
  folio_ref_add(held(s, folio), slots.length)
  held(s, folio).pagecache = true
  held(s, folio).index = ordinal(index)
  for (const entry of slots.map((id) => swap_entry_of(s, id))) if (entry !== 0) s.in_flight[entry] += 1
  const first = canonical(s, index)
  for (const id of slots) Object.assign(s.pte[id], { kind: 'sibling', folio: 0, entry: 0 })
  Object.assign(s.pte[first], { kind: 'present', folio, entry: 0 })
}

/** shmem_delete_from_page_cache(folio, swp_to_radix_entry(swap)), but for folio_put_refs(): the value takes the place of the folio. */
export function shmem_delete_from_page_cache(s: State, folio: Ref<'folio'>, swap: Id<'entry'>): void {
  const index = index_of(s, folio)
  const page = s.pte[index]
  assert(page.kind === 'present' && page.folio === folio, 'BUG_ON(error)')
  forget_mapping(s, folio)
  page.kind = 'swap'
  page.folio = 0
  page.entry = swap
  for (const n of slots_of(s, folio, index).keys()) s.in_flight[swap_nth(s, swap, n)] -= 1
}

/** __filemap_remove_folio(folio, NULL): the slots are empty, of which `index` is the first. */
export function __filemap_remove_folio(s: State, folio: Ref<'folio'>, index: Id<'pte'>): void {
  assert(s.pte[index].folio === folio, 'VM_BUG_ON_PAGE(entry != folio, entry)')
  forget_mapping(s, folio)
  for (const id of slots_of(s, folio, index)) Object.assign(s.pte[id], { kind: 'none', folio: 0 })
}

/** The slots of a folio that is at `index`. */
export function slots_of(s: State, folio: Ref<'folio'>, index: Id<'pte'>): readonly Id<'pte'>[] {
  return Array.from({ length: folio_nr_pages(s, folio) }, (_, n) => known(nth(s.pte.ids, index, n)))
}

/** folio->index, as the slot. */
export function index_of(s: State, folio: Ref<'folio'>): Id<'pte'> {
  return known(nth(s.pte.ids, known(s.pte.ids[0] ?? 0), held(s, folio).index - 1))
}

function forget_mapping(s: State, folio: Ref<'folio'>): void {
  held(s, folio).pagecache = false
  held(s, folio).index = 0
}
