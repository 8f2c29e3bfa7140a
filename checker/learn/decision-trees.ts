/**
 * What the units of a system have been seen to do, as decision trees: an inner node reads a run of bits of the state, a leaf says what
 * follows. As a step is a function of what it reads, a path from the root to a leaf holds for every state that has those bits.
 */
import { SpecFault } from '../fault.js'
import type { Read } from './recording.js'

/** A node is a header, which says the run of bits that it reads, then one child for each value. */
const CHILDREN = 1
/** A header: the mask, of 8 bits at most; above it the shift; above that the word. */
const SHIFT = 8
const WORD = 13
const MASK = (1 << SHIFT) - 1

export class DecisionTrees {
  /** Children: 0 for what has not been seen, the position of a node, or `~leaf`. */
  nodes = new Int32Array(1 << 12)
  /** The root of each unit, as a child is. */
  readonly roots: Int32Array
  #end = 1

  constructor(units: number) {
    this.roots = new Int32Array(units)
  }

  /** How many words the nodes take. */
  get size(): number {
    return this.#end
  }

  /** The leaf for a state, or -1 where it has not been seen. */
  leafOf(unit: number, state: Int32Array): number {
    const { nodes } = this
    let at = this.roots[unit] as number
    while (at > 0) {
      const header = nodes[at] as number
      // A shift is by its lowest five bits.
      const value = ((state[header >>> WORD] as number) >>> (header >>> SHIFT)) & header & MASK
      at = nodes[at + CHILDREN + value] as number
    }
    return at === 0 ? -1 : ~at
  }

  /**
   * Adds a path.
   *
   * @throws SpecFault where the same values led to other reads, or to a leaf, before: what was run depends on something besides the state
   */
  add(unit: number, reads: readonly Read[], leaf: number): void {
    let at = this.roots[unit] as number
    let hang = (child: number): void => {
      this.roots[unit] = child
    }
    for (const { word, shift, mask, value } of reads) {
      const header = (word << WORD) | (shift << SHIFT) | mask
      if (at === 0) {
        at = this.#node(header)
        hang(at)
      } else if (at < 0 || this.nodes[at] !== header) {
        throw contradiction()
      }
      const slot = at + CHILDREN + value
      hang = (child) => {
        this.nodes[slot] = child
      }
      at = this.nodes[slot] as number
    }
    if (at !== 0) throw contradiction()
    hang(~leaf)
  }

  /** The run of bits that a node reads. */
  bitsAt(at: number): Omit<Read, 'value'> {
    const header = this.nodes[at] as number
    return { word: header >>> WORD, shift: (header >>> SHIFT) & 31, mask: header & MASK }
  }

  /** The children of a node, by value. */
  children(at: number): Int32Array {
    return this.nodes.subarray(at + CHILDREN, at + CHILDREN + this.bitsAt(at).mask + 1)
  }

  #node(header: number): number {
    const at = this.#end
    this.#end += CHILDREN + (header & MASK) + 1
    if (this.#end > this.nodes.length) {
      const nodes = new Int32Array(Math.max(this.nodes.length * 2, this.#end))
      nodes.set(this.nodes)
      this.nodes = nodes
    }
    this.nodes[at] = header
    return at
  }
}

function contradiction(): SpecFault {
  return new SpecFault(
    'impure',
    'a step or a property read something else than from a state that looked the same to it; it depends on more than the state',
  )
}
