/** What a search has found at the depth that it is at, and which of it the verdict shows. */
import { SpecFault } from '../fault.js'
import { AssertionFailure } from '../machine/assertion.js'
import type { System } from '../machine/system.js'
import type { Invariant, Quiescent, StepProperty } from '../property/property.js'
import type { Edge, Hit, Targets } from '../trace/shortest.js'
import type { Deadlock, SpecError, Violated } from '../verdict.js'

/** A violation, before its trace is known. */
type Breach = Omit<Violated, 'kind' | 'trace'>

/** Finds a trace to one of several targets. */
export type Tracer = (targets: Targets) => Hit

export class Findings {
  readonly #deadlocks: number[] = []
  readonly #ends = new Map<number, Breach>()
  readonly #states = new Map<number, Breach>()
  readonly #edges: { readonly edge: Edge; readonly breach: Breach }[] = []
  /** The first spec error; later ones say nothing new. */
  #fault: { readonly error: unknown; readonly at: number | Edge } | undefined

  get any(): boolean {
    const found = this.#deadlocks.length + this.#ends.size + this.#states.size + this.#edges.length
    return found > 0 || this.#fault !== undefined
  }

  deadlocked(id: number): void {
    this.#deadlocks.push(id)
  }

  /** A final state breaks a property of final states. */
  violatedAtEnd({ name, sentence }: Quiescent, id: number): void {
    this.#ends.set(id, { property: name, sentence, by: 'quiescent', message: undefined })
  }

  violated({ name, sentence }: Invariant, id: number): void {
    this.#states.set(id, { property: name, sentence, by: 'invariant', message: undefined })
  }

  violatedByStep({ name, sentence }: StepProperty, edge: Edge): void {
    this.#edges.push({ edge, breach: { property: name, sentence, by: 'step', message: undefined } })
  }

  /** A step threw. */
  failed(error: unknown, edge: Edge): void {
    if (!(error instanceof AssertionFailure)) {
      this.#fault ??= { error, at: edge }
      return
    }
    const { property, message } = error
    const breach = { property: property?.name ?? message, sentence: property?.sentence ?? message, by: 'assertion', message } as const
    this.#edges.push({ edge, breach })
  }

  /** A property threw. */
  threwAt(error: unknown, id: number): void {
    this.#fault ??= { error, at: id }
  }

  /** Spec errors first, then the shorter trace: where everything stops is one step nearer than what the same depth's successors break. */
  verdict(system: System, trace: Tracer): SpecError | Deadlock | Violated {
    if (this.#fault !== undefined) return specError(this.#fault, system, trace)
    if (this.#deadlocks.length > 0) return { kind: 'deadlock', trace: trace({ states: this.#deadlocks, edges: [] }).trace }
    const states = this.#ends.size > 0 ? this.#ends : this.#states
    const edges = this.#ends.size > 0 ? [] : this.#edges
    const hit = trace({ states: [...states.keys()], edges: edges.map((e) => e.edge) })
    const breach = hit.edge === undefined ? states.get(hit.state) : edges[hit.edge]?.breach
    if (breach === undefined) throw new Error('the trace leads to nothing that was found')
    return { kind: 'violated', ...breach, trace: hit.trace }
  }
}

function specError({ error, at }: { error: unknown; at: number | Edge }, system: System, trace: Tracer): SpecError {
  const targets = typeof at === 'number' ? { states: [at], edges: [] } : { states: [], edges: [at] }
  const hit = trace(targets)
  return {
    kind: 'specError',
    fault: error instanceof SpecFault ? error.kind : 'threw',
    message: error instanceof Error ? error.message : String(error),
    step: typeof at === 'number' ? undefined : system.steps[at.step]?.step,
    trace: hit.trace,
  }
}
