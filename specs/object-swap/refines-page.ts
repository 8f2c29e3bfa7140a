/**
 * That anonymous memory and shmem look like what they stand for: `specs/page`. An anonymous page is in where its PTE maps a folio; elsewhere it is out, and
 * a fault looks for it in the objects. A page of an inode is one page, whoever maps it: that of the first PTE here, in while any maps it.
 */
import type { Id } from '../../checker/index.js'
import { page } from '../page/page.js'
import { refines, type State } from './state.js'

export const RefinesPage = refines(
  'RefinesPage',
  'A page that was written is what is read, until it is zapped or truncated, whatever moves underneath.',
  page,
  (s, abstract) => {
    for (const id of s.pte.ids) {
      const { kind, stored, object } = s.pte[id]
      if (object !== 0 && s.object[object].is === 'inode') {
        if (isFirst(s, id)) Object.assign(abstract.page[id], pageOfInode(s, id, object))
      } else if (kind !== 'none' || stored !== 0) {
        const written = { written: stored, loads: atMost3(kind === 'present' ? dataOf(s, id) : loaded(s, id)) }
        Object.assign(abstract.page[id], { is: kind === 'present' ? 'in' : 'out', ...written })
      }
    }
  },
)

/** What the server has is no page's data. */
function atMost3(data: number): number {
  return data > 3 ? 0 : data
}

function dataOf(s: State, id: Id<'pte'>): number {
  const { folio } = s.pte[id]
  return folio === 0 ? 0 : s.folio[folio].data
}

function isFirst(s: State, id: Id<'pte'>): boolean {
  return s.pte.ids.find((other) => s.pte[other].object === s.pte[id].object) === id
}

/** It is gone with the first step of truncation. */
function pageOfInode(s: State, id: Id<'pte'>, object: Id<'object'>): object {
  if (s.object[object].truncated) return { is: 'none', written: 0, loads: 0 }
  const isMapped = s.pte.ids.some((other) => s.pte[other].object === object && s.pte[other].kind === 'present')
  const { stored } = s.pte[id]
  return { is: isMapped ? 'in' : 'out', written: stored, loads: atMost3(inObject(s, object, stored)) }
}

/** What a load of a page that is out gives, when the page table lock and the folio need not be waited for. */
function loaded(s: State, id: Id<'pte'>): number {
  const { ptl, object, stored } = s.pte[id]
  if (ptl.owner !== 0) return stored
  const found = objectOf(s, object)
  return found === 0 ? 0 : inObject(s, found, stored)
}

/** `find_object`, as if it were one step. */
export function objectOf(s: State, object: Id<'object'> | 0): Id<'object'> | 0 {
  if (object === 0) return 0
  const { folio, block, parent } = s.object[object]
  return folio !== 0 || block !== 0 ? object : objectOf(s, parent)
}

function inObject(s: State, object: Id<'object'>, stored: number): number {
  const { folio, block } = s.object[object]
  if (folio !== 0) return !s.folio[folio].uptodate && s.folio[folio].PG_locked ? stored : s.folio[folio].data
  return block === 0 ? 0 : s.block[block].data
}
