/** What is kept of where an anonymous folio is mapped (mm/rmap.c). Where nobody moves pages it never changes, and costs no state. */
import { bool, int, record } from '../../checker/index.js'

/** Field of the state, by its name. */
export const anon_rmap_fields = {
  anon_rmap: record({
    /** Somebody may move a page; constant in a scenario. */
    watched: bool,
  }),
  /** mem_cgroup_swap_full(folio): more than half of the slots are taken; constant in a scenario. */
  mem_cgroup_swap_full: bool,
}

/** Fields of a folio, by their names. */
export const folio_index = {
  /** `folio->index`, the ordinal of the PTE; 0 where `folio->mapping` is NULL, as nobody has mapped it yet. */
  index: int(0, 4),
  /** `folio->mapping` is that of a shmem file, whose page cache has a reference. */
  pagecache: bool,
}
