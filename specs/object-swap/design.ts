/** What the comparison of designs says of swap as (object, offset): its anonymous part. */
import { known } from '../../checker/index.js'
import { ATOMIC, alone, type Design, holders, POINTER, ptesOf } from '../comparison/design.js'
import { fault, fork, mapped, objectSwap, reclaim, swapoff, swappedOut, zap } from './object-swap.js'
import type { State } from './state.js'

/**
 * Page i is in block i. Who shares one has an object of its own in front of the one that has it, and who holds none has one without pages: those come
 * after the objects of the pages, in the order of the page table entries.
 */
function out(s: State, held: readonly number[]): void {
  s.SWP_WRITEOK = true
  for (const [i, count] of held.entries()) {
    const [object, block] = [known(s.object.ids[i] ?? 0), known(s.block.ids[i] ?? 0)]
    Object.assign(s.object[object], { is: 'anon_vma', block, count })
    Object.assign(s.block[block], { allocated: true, data: 1 })
  }
  const pages = holders(held)
  for (const [i, pte] of s.pte.ids.entries()) {
    const page = pages[i]
    const own = known(s.object.ids[held.length + i] ?? 0)
    if (page === undefined) {
      s.object[own].is = 'anon_vma'
      s.pte[pte].object = own
      continue
    }
    const swapped = known(s.object.ids[page] ?? 0)
    const isShared = (held[page] ?? 0) > 1
    if (isShared) Object.assign(s.object[own], { is: 'anon_vma', parent: swapped })
    Object.assign(s.pte[pte], { kind: 'swap', object: isShared ? own : swapped, swapped, stored: 1 })
  }
}

const one = (s: State) => swappedOut(s, 1)
const afterFork = (s: State) => swappedOut(s, 2)
const forked = { pte: 2, object: 3 }

/** `fault` is that of a process that has not forked, or has since. */
function asDesign(name: string, start: (s: State) => void, bounds: Readonly<Record<string, number>>): Design {
  return {
    name,
    spec: 'object-swap',
    index: { object: 'page cache and blocks of the objects' },
    alone: {
      fault: alone(objectSwap, fault({ pte: 1, write: false }), start, bounds),
      zap: alone(objectSwap, zap({ pte: 1 }), start, bounds),
      fork: alone(objectSwap, fork({ src_pte: 1, dst_pte: 3 }), start, { ...bounds, pte: 3, object: 5 }),
      reclaim: alone(objectSwap, reclaim({}), (s) => mapped(s, 1)),
    },
    swapoff(held, others) {
      const { length } = held
      const pte = ptesOf(held, others)
      return alone(objectSwap, swapoff({}), (s) => out(s, held), { pte, object: length + pte, block: length, folio: length + 1 })
    },
    swapoffWalks: 'the objects, those that fork has added included',
    perPage: [
      { fields: ['object[].block'], bits: POINTER, why: 'a word of the map from offsets to blocks' },
      { fields: ['object[].folio'], bits: 0, why: 'a page that is out has no word in the page cache' },
      { fields: ['object[].count'], bits: ATOMIC, why: 'who says that the page is out: the mail has no word for it' },
      { fields: ['block[].allocated'], bits: 1, why: 'is the block free' },
    ],
    together: [
      'look for the page and for its block under one lock',
      'look for the page under the lock that erases the block',
      'look the object up again under the page table lock',
      'look at the count as the page leaves the cache',
      'erase the record before its block is free',
    ],
  }
}

export const neverForked = asDesign('object-swap', one, {})
export const hasForked = asDesign('object-swap, after a fork', afterFork, forked)
