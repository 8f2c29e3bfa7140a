/** The LRU of zswap, one list under one lock: each function is one critical section. */
import { type Id, known, type Ref } from '../../checker/index.js'
import { guard, type State } from './state.js'

/** list_add_tail(&entry->lru, &zswap_lru) */
export function zswap_lru_add(s: State, entry: Id<'zentry'>): void {
  s.zswap_entry[entry].lru = 1 + Math.max(...s.zswap_entry.ids.map((id) => s.zswap_entry[id].lru))
}

/** list_del_init(&entry->lru); nothing where it is not on the list. */
export function zswap_lru_del(s: State, entry: Ref<'zentry'>): void {
  const { lru } = s.zswap_entry[known(entry)]
  if (lru === 0) return
  s.zswap_entry[known(entry)].lru = 0
  for (const id of s.zswap_entry.ids) if (s.zswap_entry[id].lru > lru) s.zswap_entry[id].lru -= 1
}

/** list_first_entry_or_null(&zswap_lru): the oldest. */
export function zswap_lru_first(s: State): Ref<'zentry'> {
  const place = guard('write back the oldest entry first') ? 1 : Math.max(...s.zswap_entry.ids.map((id) => s.zswap_entry[id].lru))
  return s.zswap_entry.ids.find((id) => place > 0 && s.zswap_entry[id].lru === place) ?? 0
}
