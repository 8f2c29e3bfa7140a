/** What a permutation of elements does to a state, by definition: on decoded values, with no word of packing or of what is canonical. */
import { isImmutable } from 'immutable'
import { Thread } from '../machine/process.js'
import type { System } from '../machine/system.js'
import type { Domain } from '../schema/domain.js'
import type { Field, Fields } from '../schema/field.js'
import type { Place } from '../schema/layout.js'
import { StateDecoder } from '../trace/decode-state.js'

/** For an element of a domain, by its number, the one that takes its place. */
export type Renaming = (domain: Domain, id: number) => number

export const unchanged: Renaming = (_, id) => id

type Decoded = Iterable<[string | number, unknown]>

/** A decoded state: its variables, and for each process where it is and what its active frames hold. */
export class Picture {
  readonly #system: System
  readonly #variables: unknown
  readonly #processes: readonly {
    readonly at: unknown
    readonly frames: readonly { readonly fields: Fields; readonly values: unknown }[]
  }[]

  constructor(system: System, w: Int32Array) {
    this.#system = system
    system.w.set(w)
    const { variables, processes } = new StateDecoder(system).decode()
    this.#variables = variables
    this.#processes = processes.map(({ frames }, i) => ({
      at: [system.configuration.processes[i]?.process.name, system.processes[i]?.pc, returnsOf(system, i)],
      frames: (system.processes[i]?.stack() ?? []).map((procedure, depth) => ({
        fields: { ...procedure.args, ...procedure.locals },
        values: frames[depth]?.locals,
      })),
    }))
  }

  /** The state after a renaming: equal texts, equal states. */
  text(renaming: Renaming): string {
    const processes = this.#processes.map(({ at, frames }, i) => {
      const shown = frames.map(({ fields, values }) => renamed({ kind: 'record', fields }, values, renaming))
      return [renaming(Thread, i + 1), at, shown] as const
    })
    const variables = renamed(this.#system.scenario.spec.state, this.#variables, renaming)
    return JSON.stringify([variables, processes.sort(([a], [b]) => a - b)])
  }
}

/** Where the active calls of a process return to: for each, the caller's program counter and local. */
function returnsOf({ w, configuration, processes }: System, index: number): unknown[] {
  const placed = configuration.processes[index]
  if (placed === undefined) return []
  const { place, layout } = placed
  const read = (at: Place, bits: number): number => ((w[place.word + at.word] as number) >>> (place.shift + at.shift)) & (2 ** bits - 1)
  return (processes[index]?.stack() ?? []).map((procedure) => {
    const caller = layout.frames.get(procedure)?.caller
    return caller && [read(caller.pc, layout.pcBits), read(caller.into, caller.intoBits)]
  })
}

function renamed(field: Field, value: unknown, renaming: Renaming): unknown {
  switch (field.kind) {
    case 'ref':
      return value === 0 ? 0 : renaming(field.domain, Number(value))
    case 'domain':
      return value === 0 ? 0 : renaming(field, Number(value))
    case 'set':
      return [...(value as Iterable<number>)].map((id) => renaming(field.domain, id)).sort((a, b) => a - b)
    case 'array': {
      const elements = [...(value as Decoded)].map(([id, v]) => [
        renaming(field.domain, Number(id)),
        renamed(field.of as Field, v, renaming),
      ])
      return elements.sort(([a], [b]) => Number(a) - Number(b))
    }
    case 'record': {
      const values = new Map(isImmutable(value) ? (value as unknown as Decoded) : [])
      return Object.entries(field.fields as Fields).map(([name, inner]) => renamed(inner, values.get(name), renaming))
    }
    default:
      return value
  }
}
