/** What the comparison of designs says of the radix tree index. */
import { known } from '../../checker/index.js'
import { ATOMIC, alone, type Design, holders, POINTER, ptesOf, type Word } from '../comparison/design.js'
import { dualTree, fault, fork, mapped, reclaim, start, swapoff, swappedOut, zap } from './dual-tree.js'
import type { State } from './state.js'
import { set_swap_count } from './swap-count.js'

type Counts = 'swapper_space' | 'swap_counts'

/** Page i is in slot i, under index i. */
function out(s: State, counts_in: Counts, held: readonly number[]): void {
  start(s, counts_in)
  for (const [i, count] of held.entries()) {
    const [entry, slot] = [known(s.swapper_space.ids[i] ?? 0), known(s.swap_map.ids[i] ?? 0)]
    Object.assign(s.swapper_space[entry], { is: 'slot', slot })
    set_swap_count(s, entry, count)
    s.swap_map[slot] = 'allocated'
    s.medium[slot] = 1
  }
  for (const [i, page] of holders(held).entries()) {
    const entry = known(s.swapper_space.ids[page] ?? 0)
    Object.assign(s.pte[known(s.pte.ids[i] ?? 0)], { kind: 'swap', entry, stored: 1 })
  }
}

function variant(name: string, counts_in: Counts, index: Design['index'], counts: Word, together: readonly string[]): Design {
  const one = (s: State): void => {
    start(s, counts_in)
    swappedOut(s, 1)
  }
  const inMemory = (s: State): void => {
    start(s, counts_in)
    mapped(s, 1)
  }
  return {
    name,
    spec: 'dual-tree',
    index,
    alone: {
      fault: alone(dualTree, fault({ pte: 1, write: false }), one),
      zap: alone(dualTree, zap({ pte: 1 }), one),
      fork: alone(dualTree, fork({ src_pte: 1, dst_pte: 2 }), one, { pte: 2 }),
      reclaim: alone(dualTree, reclaim({}), inMemory),
    },
    swapoff(held, others) {
      const { length } = held
      const bounds = { pte: ptesOf(held, others), entry: length, slot: length, folio: length + 1 }
      return alone(dualTree, swapoff({}), (s) => out(s, counts_in, held), bounds)
    },
    swapoffWalks: 'the radix tree',
    perPage: [
      { fields: ['swapper_space[].is', 'swapper_space[].slot'], bits: POINTER, why: 'a word of the tree: the swap entry, or the page' },
      counts,
      { fields: ['swap_map[]'], bits: 1, why: 'is the slot free: the count is elsewhere' },
    ],
    together: [
      ...together,
      'look at the count as the page leaves the tree',
      'free the slot once the page is read',
      'dirty the page whose slot is freed',
    ],
  }
}

const tree = { swapper_space: 'radix tree' }

export const oneTree = variant(
  'dual-tree, one tree',
  'swapper_space',
  tree,
  {
    fields: ['swapper_space[].count'],
    bits: 0,
    why: 'in the same word',
  },
  [],
)

export const twoTrees = variant(
  'dual-tree, two trees',
  'swap_counts',
  { ...tree, swap_counts: 'second tree' },
  {
    fields: ['swap_counts[]'],
    bits: POINTER,
    why: `a word of the second tree, of which a count needs ${ATOMIC}`,
  },
  ['hold the lock of the counts until the tree is changed'],
)
