/** mm/vswap.c: what there is where folios have more than one page, and what of it a scenario may take out. Elsewhere nothing of this ever changes. */
import { array, bool, domain, int } from '../../checker/index.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** Clusters of virtual slots: the first, of cluster id 0, starts with the slot 0 that is reserved. */
export const Cluster = domain('cluster', 1)

/** Fields of the state, by their names. */
export const large_fields = {
  /** xa_lock of vswap_map, where it is held for more than a step. */
  vswap_map_lock: spinlock_t,
  /** xarray: cluster id -> the number of its virtual slots that are allocated. */
  vswap_cluster_map: array(Cluster, int(0, 7)),
  /** HPAGE_PMD_ORDER, the order of a cluster; 0 where no folio has more than one page, and the clusters are not counted. Constant in a scenario. */
  HPAGE_PMD_ORDER: int(0, 2),
  /** An xarray may find no memory for a node. Constant in a scenario. */
  xas_nomem: bool,
}

export const large_protections = [
  'release the backing of a range that is stored in part entry by entry',
  'give a range that is stored in part its folio back',
  'take an empty cluster for a large folio',
  'begin a range where its cluster begins',
  'count the slot that is released out of its cluster',
  'look at every entry in folio_swapped',
  'go to the first page of a large folio in swapoff',
  'keep xa_lock while a range is inserted',
  'freeze the folio before it is split',
  'point the descriptor to the page that is split off',
  'wait for readers before an entry that was shown is given up',
  'take back the part of a reverse mapping',
  'uncharge the slot that is not linked',
  'put the pin where the swap cache has no memory',
] as const
