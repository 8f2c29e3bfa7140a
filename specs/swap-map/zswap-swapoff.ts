/** mm/zswap.c: zswap_swapoff(). */
import { assert } from '../../checker/index.js'
import type { State } from './state.js'
import { WarnNever } from './warn-never.js'

/** for (i = 0; i < nr_zswap_trees[type]; i++) WARN_ON_ONCE(!xa_empty(trees + i)); kvfree(trees); zswap_trees[type] = NULL; */
export function zswap_swapoff(s: State): void {
  assert(
    s.zswap_tree.ids.every((id) => s.zswap_tree[id] === 0),
    'WARN_ON_ONCE(!xa_empty(trees + i))',
    WarnNever,
  )
  s.zswap_trees_freed = true
}
