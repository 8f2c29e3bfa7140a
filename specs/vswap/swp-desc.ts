/**
 * mm/vswap.c: the union in `struct swp_desc` (patch 12). It is one memory: a store to one member takes the place of the others, and a load
 * of another member than the one that was stored reads a pointer as a slot, or a slot as a pointer.
 */
import { assert, asserted, type Ref } from '../../checker/index.js'
import type { SwpDesc } from './state.js'

export const UnionMatchesType = asserted('UnionMatchesType', 'Nobody reads a member of the union that is not the one last stored.')

/** desc->slot */
export function union_slot(desc: SwpDesc): Ref<'slot'> {
  assert(desc.member === 'slot', `desc->slot is read where desc->${desc.member} was stored`, UnionMatchesType)
  return desc.slot
}

/** desc->folio */
export function union_folio(desc: SwpDesc): Ref<'folio'> {
  assert(desc.member === 'folio', `desc->folio is read where desc->${desc.member} was stored`, UnionMatchesType)
  return desc.folio
}

/** desc->slot = slot; */
export function store_slot(desc: SwpDesc, slot: Ref<'slot'>): void {
  overwrite(desc, 'slot')
  desc.slot = slot
}

/** desc->folio = folio; */
export function store_folio(desc: SwpDesc, folio: Ref<'folio'>): void {
  overwrite(desc, 'folio')
  desc.folio = folio
}

/** desc->zswap_entry = zswap_entry; */
export function store_zswap_entry(desc: SwpDesc, zswap_entry: Ref<'zentry'>): void {
  overwrite(desc, 'zswap_entry')
  desc.zswap_entry = zswap_entry
}

function overwrite(desc: SwpDesc, member: SwpDesc['member']): void {
  desc.member = member
  desc.slot = 0
  desc.folio = 0
  desc.zswap_entry = 0
}
