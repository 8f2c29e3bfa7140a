/** What a search has found at the depth that it is at, and which of it the verdict shows. */
import { SpecFault } from '../fault.js'
import { AssertionFailure } from '../machine/assertion.js'
import type { System } from '../machine/system.js'
import type { Invariant, StepProperty } from '../property/property.js'
import type { Edge, Hit, Targets } from '../trace/shortest.js'
import type { Deadlock, SpecError, Violated } from '../verdict.js'

/** A violation, before its trace is known. */
type Breach = Omit<Violated, 'kind' | 'trace'>

/** Finds a trace to one of several targets. */
export type Tracer = (targets: Targets) => Hit

export class Findings {
  readonly #deadlocks: number[] = []
  readonly #states = new Map<number, Breach>()
  readonly #edges: { readonly edge: Edge; readonly breach: Breach }[] = []
  /** The first spec error; later ones say nothing new. */
  #fault: { readonly error: unknown; readonly at: number | Edge } | undefined

  get any(): boolean {
    return this.#fault !== undefined || this.#deadlocks.length > 0 || this.#states.size > 0 || this.#edges.length > 0
  }

  deadlocked(id: number): void {
    this.#deadlocks.push(id)
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

  /** Spec errors first, then the shorter trace: a deadlock is one step nearer than what its successors break. */
  verdict(system: System, trace: Tracer): SpecError | Deadlock | Violated {
    if (this.#fault !== undefined) return specError(this.#fault, system, trace)
    if (this.#deadlocks.length > 0) return { kind: 'deadlock', trace: trace({ states: this.#deadlocks, edges: [] }).trace }
    const hit = trace({ states: [...this.#states.keys()], edges: this.#edges.map((e) => e.edge) })
    const breach = hit.edge === undefined ? this.#states.get(hit.state) : this.#edges[hit.edge]?.breach
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
