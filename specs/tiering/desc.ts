/** The life of a descriptor: it is in use while somebody counts it, a folio is in its swap cache, or its page is being moved. Each function is part of a critical section of desc->lock, with si->lock inside. */
import { type Id, known, type Ref } from '../../checker/index.js'
import { held } from '../kernel/anon/folio.js'
import { folio_get } from '../kernel/folio-ref.js'
import { type Place, swap_slot_free } from './slots.js'
import { guard, type State, type SwpDesc } from './state.js'

/** vswap_alloc(folio): records whose page it is; 0 where no virtual slot is free. */
export function vswap_alloc(s: State, folio: Ref<'folio'>, memcg: Id<'memcg'>): Ref<'entry'> {
  const entry = s.vswap_map.ids.find((id) => s.vswap_map[id].memcg === 0) ?? 0
  if (entry !== 0) Object.assign(s.vswap_map[entry], { folio, memcg })
  return entry
}

/** The descriptor of a folio in the swap cache, which keeps it. */
export function desc_of(s: State, folio: Ref<'folio'>): SwpDesc {
  return s.vswap_map[known(held(s, folio).entry)]
}

/** Has everybody gone who keeps it? */
export function is_unused(desc: SwpDesc): boolean {
  const isLeft = desc.moving && guard('leave an entry that is being moved to who moves it')
  return desc.swap_count === 0 && desc.folio === 0 && !isLeft
}

/** vswap_free(entry) */
export function vswap_free(s: State, desc: SwpDesc): void {
  release_backing(s, desc)
  Object.assign(desc, { moving: false, memcg: 0 })
}

/** Gives the place of the copy back. */
export function release_backing(s: State, desc: SwpDesc): void {
  if (desc.slot !== 0) swap_slot_free(s, desc)
  Object.assign(desc, { slot: 0, half: 0, compressed: false })
}

export function set_backing(desc: SwpDesc, { slot, half, compressed }: Place): void {
  Object.assign(desc, { slot, half, compressed })
}

/** desc->folio = folio; folio_get(folio): of a folio that is locked */
export function add_to_swap_cache(s: State, folio: Ref<'folio'>, entry: Id<'entry'>): void {
  const page = held(s, folio)
  folio_get(page)
  s.vswap_map[entry].folio = folio
  Object.assign(page, { swapcache: true, entry, lru: true })
}
