/** What a search has found at the depth that it is at, as plain data that workers can send, and which of it the verdict shows. */
import { SpecFault } from '../fault.js'
import { AssertionFailure } from '../machine/assertion.js'
import { PURITY, type System } from '../machine/system.js'
import type { Invariant, Quiescent, StepProperty } from '../property/property.js'
import type { Edge, Hit, Targets } from '../trace/shortest.js'
import type { Deadlock, SpecError, Violated } from '../verdict.js'

/** A violation, before its trace is known. */
type Breach = Omit<Violated, 'kind' | 'trace'>
type Fault = Pick<SpecError, 'fault' | 'message'>

/** Something in a state, given by its id, or in a step; with the words of that state, or of the one before the step, where ids do not last. */
export type Finding = { readonly words?: Int32Array } & Place
type Place =
  | { readonly kind: 'deadlock'; readonly id: number }
  | { readonly kind: 'end'; readonly id: number; readonly breach: Breach }
  | { readonly kind: 'state'; readonly id: number; readonly breach: Breach }
  | { readonly kind: 'step'; readonly edge: Edge; readonly breach: Breach }
  | { readonly kind: 'faulty state'; readonly id: number; readonly fault: Fault }
  | { readonly kind: 'faulty step'; readonly edge: Edge; readonly fault: Fault }

/** Finds a trace to one of several targets; yields often. */
export type Tracer = (targets: Targets) => Generator<undefined, Hit>

export class Findings {
  list: Finding[] = []

  get any(): boolean {
    return this.list.length > 0
  }

  /** @param read answers the words of a state of the depth at hand, or of the next */
  keepWords(read: (id: number) => Int32Array): void {
    this.list = this.list.map((f) => (f.words === undefined ? { ...f, words: read('id' in f ? f.id : f.edge.parent) } : f))
  }

  deadlocked(id: number): void {
    this.list.push({ kind: 'deadlock', id })
  }

  /** A final state breaks a property of final states. */
  violatedAtEnd({ name, sentence }: Quiescent, id: number): void {
    this.list.push({ kind: 'end', id, breach: { property: name, sentence, by: 'quiescent', message: undefined } })
  }

  violated({ name, sentence }: Invariant, id: number): void {
    this.list.push({ kind: 'state', id, breach: { property: name, sentence, by: 'invariant', message: undefined } })
  }

  /** An initial state breaks a property of steps. */
  violatedAtStart({ name, sentence }: StepProperty, id: number): void {
    this.list.push({ kind: 'state', id, breach: { property: name, sentence, by: 'step', message: undefined } })
  }

  violatedByStep({ name, sentence }: StepProperty, edge: Edge): void {
    this.list.push({ kind: 'step', edge, breach: { property: name, sentence, by: 'step', message: undefined } })
  }

  /** A step threw. */
  failed(error: unknown, edge: Edge): void {
    if (!(error instanceof AssertionFailure)) {
      this.list.push({ kind: 'faulty step', edge, fault: faultOf(error) })
      return
    }
    const { property, message } = error
    const breach = { property: property?.name ?? message, sentence: property?.sentence ?? message, by: 'assertion', message } as const
    this.list.push({ kind: 'step', edge, breach })
  }

  /** A property threw. */
  threwAt(error: unknown, id: number): void {
    this.list.push({ kind: 'faulty state', id, fault: faultOf(error) })
  }
}

/** Spec errors first, then the shorter trace: where everything stops is one step nearer than what the same depth's successors break. */
export function* verdictOf(
  found: readonly Finding[],
  system: System,
  trace: Tracer,
): Generator<undefined, SpecError | Deadlock | Violated> {
  const shown = mostUrgent(found)
  const states = shown.flatMap((f) => ('id' in f ? [f] : []))
  const edges = shown.flatMap((f) => ('edge' in f ? [f] : []))
  const hit = yield* trace({ states: states.map((f) => f.id), edges: edges.map((f) => f.edge) })
  const finding = hit.edge === undefined ? states.find((f) => f.id === hit.state) : edges[hit.edge]
  if (finding === undefined) throw new SpecFault('impure', `what was found could not be reached again; ${PURITY}`)
  if (finding.kind === 'deadlock') return { kind: 'deadlock', trace: hit.trace }
  if ('breach' in finding) return { kind: 'violated', ...finding.breach, trace: hit.trace }
  const step = 'edge' in finding ? system.steps[finding.edge.step]?.step : undefined
  return { kind: 'specError', ...finding.fault, step, trace: hit.trace }
}

/** Those that the verdict is about. */
export function mostUrgent(found: readonly Finding[]): readonly Finding[] {
  const order: readonly Finding['kind'][][] = [['faulty state'], ['faulty step'], ['deadlock'], ['end'], ['state', 'step']]
  for (const kinds of order) {
    const some = found.filter((f) => kinds.includes(f.kind))
    if (some.length > 0) return some
  }
  return []
}

function faultOf(error: unknown): Fault {
  const fault = error instanceof SpecFault ? error.kind : 'threw'
  return { fault, message: error instanceof Error ? error.message : String(error) }
}
