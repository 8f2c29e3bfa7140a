/** Decodes the state that a system's view shows, processes included. */
import type { System } from '../machine/system.js'
import { propertiesOf } from '../property/properties-of.js'
import type { AbstractPlaces } from '../property/property.js'
import { type DecodedRecord, recordDecoder } from '../schema/decode.js'
import type { ProcessState, TraceState } from './trace.js'

export class StateDecoder {
  readonly #system: System
  readonly #variables: ReturnType<typeof recordDecoder>
  readonly #abstract: AbstractPlaces | undefined

  constructor(system: System) {
    this.#system = system
    this.#variables = recordDecoder(system.configuration.state, 'state')
    const [first] = propertiesOf(system.scenario).flatMap((p) => (p.kind === 'step' && p.abstract) || [])
    this.#abstract = first
  }

  /** Decodes the words in `system.w`. */
  decode(): TraceState {
    const { w, configuration } = this.#system
    const variables = this.#variables(w, 0, 0)
    const processes = configuration.processes.map((_, i) => this.#process(i))
    const abstract = this.#inAbstract()
    return { variables, processes, ...(abstract && { abstract }) }
  }

  /** Nothing where the mapping throws: that is what the trace is about. */
  #inAbstract(): DecodedRecord | undefined {
    this.#system.view.load()
    try {
      return this.#abstract?.show(this.#system.s)
    } catch {
      return undefined
    }
  }

  #process(index: number): ProcessState {
    const { w, configuration, processes } = this.#system
    const placed = configuration.processes[index]
    const running = processes[index]
    if (placed === undefined || running === undefined) throw new Error(`no process ${index}`)
    const stack = running.stack()
    const frames = stack.map((procedure) => {
      const frame = placed.layout.frames.get(procedure)
      if (frame === undefined) throw new Error(`no frame for ${procedure.name}`)
      const locals = recordDecoder(frame.record, procedure.name)(w, placed.place.word, placed.place.shift)
      return { procedure: procedure.name, locals }
    })
    const site = placed.layout.sites[running.pc]
    return { name: placed.name, at: site === undefined ? '' : `${site.procedure.name}.${site.label}`, frames }
  }
}
