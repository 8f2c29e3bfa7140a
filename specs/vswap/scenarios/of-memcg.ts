/** Where a scenario starts whose pages belong to memory cgroups. */
import { type Id, known } from '../../../checker/index.js'
import type { State } from '../state.js'
import { mapped } from '../vswap.js'

const at = <N extends string>(ids: readonly Id<N>[], i: number): Id<N> => known(ids[i] ?? 0)

/** Memcg 1 is online, and the pages and entries are its. */
export function ofMemcg(start: (s: State) => void, swap_max: number): (s: State) => void {
  return (s) => {
    start(s)
    const id = at(s.memcg.ids, 0)
    const memcg = s.memcg[id]
    Object.assign(memcg, { online: true, id_ref: 1, swap_max })
    for (const folio of s.folio.ids) if (s.folio[folio].life === 'live' && s.folio[folio].compound_head === 0) s.folio_memcg[folio] = id
    for (const zentry of s.zswap_entry.ids) if (s.zswap_entry[zentry].life === 'live') s.zswap_entry[zentry].objcg = id
    for (const desc of s.desc.ids) {
      if (s.desc[desc].life === 'free') continue
      s.memcgid[desc] = id
      memcg.id_ref += 1
      if (s.desc[desc].slot !== 0) memcg.swap += 1
    }
  }
}

/** Two pages of one memcg in memory, each mapped by a PTE of its own. */
export const pagesOfMemcg = (swap_max: number): ((s: State) => void) => ofMemcg(mappedPages, swap_max)

/** The same, the second page of a second memcg. */
export function pagesOfTwoMemcgs(swap_max: number, other_swap_max: number): (s: State) => void {
  return (s) => {
    ofMemcg(mappedPages, swap_max)(s)
    const other = at(s.memcg.ids, 1)
    Object.assign(s.memcg[other], { online: true, id_ref: 1, swap_max: other_swap_max })
    s.folio_memcg[at(s.folio.ids, 1)] = other
  }
}

/** memory.zswap.max of memcg 1. What it has in zswap already is charged. */
export function zswapMax(zswap_max: number, start: (s: State) => void): (s: State) => void {
  return (s) => {
    start(s)
    const id = at(s.memcg.ids, 0)
    const zswap = s.zswap_entry.ids.filter((zentry) => s.zswap_entry[zentry].objcg === id).length
    Object.assign(s.memcg[id], { is_zswap_limited: true, zswap_max, zswap })
    if (s.zswap === 'off') s.zswap = 'on'
  }
}

function mappedPages(s: State): void {
  mapped(s)
  const [pte, folio] = [at(s.pte.ids, 1), at(s.folio.ids, 1)]
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
  const inMemory = {
    life: 'live',
    _refcount: 1,
    _mapcount: 1,
    lru: true,
    uptodate: true,
    anon: true,
    anon_exclusive: true,
    data: 2,
  } as const
  Object.assign(s.folio[folio], inMemory)
}
