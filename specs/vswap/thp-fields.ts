/** mm/memory.c: what there is where neighbouring pages are swapped in together, and what of it a scenario may take out. Elsewhere nothing of this changes. */
import { bool, int } from '../../checker/index.js'

/** Fields of the state, by their names. */
export const thp_fields = {
  /** The PTEs of one page table, under one lock; 0 where each is in an address space of its own. Constant in a scenario. */
  PTRS_PER_PTE: int(0, 4),
  /** swp_entry_to_pte((swp_entry_t){ 0 }) is pte_none(), as on arm64 and riscv; not on x86. Constant in a scenario. */
  swp_pte_0_is_none: bool,
}

export const thp_protections = [
  'count entries that are not in the swap cache',
  'stop at a hole in swapcache_prepare',
  'end a batch of PTEs where the next entry is none',
  'end a batch of PTEs where the backing changes',
  'load no large folio from zswap whose entries are not there',
  'pin every entry of the range',
  'look at the backing of the range again once it is pinned',
  'look at every PTE of the range again under the page table lock',
  'map a whole folio only where the PTEs hold all its entries',
] as const
