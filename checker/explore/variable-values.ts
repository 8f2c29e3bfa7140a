/**
 * The values that each variable takes over states, as codes, straight from the bits. A variable is a leaf of the schema, the elements of
 * an array taken together (`desc[].life`), or a local or argument of a kind of process (`fault/do_swap_page.entry`), while its frame is active.
 */
import type { Configuration, PlacedProcess } from '../machine/configuration.js'
import { elementPlace, type Node } from '../schema/layout.js'
import { type ValuePages, ValueSet } from './value-set.js'

/** A run of bits. */
interface Bits {
  readonly word: number
  readonly shift: number
  readonly mask: number
}

interface Leaf extends Bits {
  readonly values: ValueSet
}

/** What is at a place in the code of a process: its locals there, and where the place is that it returns to. */
interface Frame {
  readonly locals: readonly Leaf[]
  readonly caller: Bits | undefined
}

interface ProcessFrames {
  readonly pc: Bits
  /** By program counter. */
  readonly frames: readonly (Frame | undefined)[]
}

export class VariableValues {
  /** In order of declaration. */
  readonly #values = new Map<string, ValueSet>()
  readonly #leaves: readonly Leaf[]
  readonly #processes: readonly ProcessFrames[]

  constructor({ state, processes }: Configuration) {
    this.#leaves = this.#leavesOf(state, 0, 0, '')
    this.#processes = processes.map((process) => this.#framesOf(process))
  }

  /** How many values each variable has taken. */
  get counts(): readonly { readonly name: string; readonly values: number }[] {
    return [...this.#values].map(([name, values]) => ({ name, values: values.size }))
  }

  /** For another thread; in order. */
  get pages(): readonly ValuePages[] {
    return [...this.#values.values()].map((values) => values.pages)
  }

  /** Takes in what another thread has seen of the same variables. */
  addAll(pages: readonly ValuePages[]): void {
    for (const [i, values] of [...this.#values.values()].entries()) values.addAll(pages[i] ?? [])
  }

  note(state: Int32Array): void {
    for (const leaf of this.#leaves) leaf.values.add(read(state, leaf))
    for (const { pc, frames } of this.#processes) {
      let at = read(state, pc)
      for (let frame = frames[at]; frame !== undefined; frame = frames[at]) {
        for (const leaf of frame.locals) leaf.values.add(read(state, leaf))
        at = frame.caller === undefined ? 0 : read(state, frame.caller)
      }
    }
  }

  #leavesOf(node: Node, word: number, shift: number, name: string): Leaf[] {
    switch (node.kind) {
      case 'scalar':
      case 'set':
        return [this.#leaf(word, shift, node.extent.bits, name)]
      case 'array':
        return Array.from({ length: node.size }, (_, i) => elementPlace(node, i)).flatMap((place) =>
          this.#leavesOf(node.of, word + place.word, shift + place.shift, `${name}[]`),
        )
      case 'record':
        return node.members.flatMap(({ name: member, node: inner, place }) =>
          this.#leavesOf(inner, word + place.word, shift + place.shift, name === '' ? member : `${name}.${member}`),
        )
    }
  }

  #framesOf({ process, layout, place: start }: PlacedProcess): ProcessFrames {
    const pcAt = (word: number, shift: number): Bits => bits(start.word + word, start.shift + shift, layout.pcBits)
    const frames = new Map(
      [...layout.frames.values()].map(({ procedure, record, caller }): [unknown, Frame] => {
        const locals = this.#leavesOf(record, start.word, start.shift, `${process.name}/${procedure.name}`)
        return [procedure, { locals, caller: caller && pcAt(caller.pc.word, caller.pc.shift) }]
      }),
    )
    return { pc: pcAt(0, 0), frames: layout.sites.map((site) => site && frames.get(site.procedure)) }
  }

  #leaf(word: number, shift: number, width: number, name: string): Leaf {
    const values = this.#values.get(name) ?? new ValueSet()
    this.#values.set(name, values)
    return { ...bits(word, shift, width), values }
  }
}

function bits(word: number, shift: number, width: number): Bits {
  return { word, shift, mask: 2 ** width - 1 }
}

function read(state: Int32Array, { word, shift, mask }: Bits): number {
  return ((state[word] as number) >>> shift) & mask
}
