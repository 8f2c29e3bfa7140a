/** What a step was seen to answer: what a mutant has another step, or the same one, answer instead. */
import { type Call, call, type Procedure, type Return, ret, type Sleep, sleep, type TailCall } from '../../checker/index.js'

export type Answer =
  | { readonly kind: 'label'; readonly to: string }
  | { readonly kind: 'sleep'; readonly to: string }
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'call'; readonly procedure: Procedure; readonly to: string }
  | { readonly kind: 'tail'; readonly procedure: Procedure }

/** @returns undefined for what is not an answer, or says that the step is blocked */
export function answerOf(outcome: unknown): Answer | undefined {
  if (typeof outcome === 'string') return { kind: 'label', to: outcome }
  const { outcome: kind } = (outcome ?? {}) as { readonly outcome?: unknown }
  switch (kind) {
    case 'sleep':
      return { kind, to: (outcome as Sleep).then }
    case 'return':
      return { kind, value: (outcome as Return).value }
    case 'call':
      return { kind, procedure: (outcome as Call).procedure, to: (outcome as Call).then }
    case 'tail':
      return { kind, procedure: (outcome as TailCall).procedure }
    default:
      return undefined
  }
}

/** `cmpxchg`, `ret`, `ret.-2`, `vswap_free`: for people, and the same for the same answer. */
export function nameOf(answer: Answer): string {
  switch (answer.kind) {
    case 'label':
      return answer.to
    case 'sleep':
      return `sleep.${answer.to}`
    case 'return':
      return answer.value === undefined ? 'ret' : `ret.${String(answer.value)}`
    case 'call':
      return `${answer.procedure.name}.${answer.to}`
    case 'tail':
      return answer.procedure.name
  }
}

/** In a sentence: where the process goes on. */
export function inWords(answer: Answer): string {
  switch (answer.kind) {
    case 'label':
      return `goes on at ${answer.to}`
    case 'sleep':
      return `goes on at ${answer.to}, after a sleep`
    case 'return':
      return answer.value === undefined ? 'returns' : `returns ${String(answer.value)}`
    case 'call':
      return `calls ${answer.procedure.name}`
    case 'tail':
      return `returns what ${answer.procedure.name} does`
  }
}

/** Can a step answer it that did not compute it? */
export function isFree(answer: Answer): boolean {
  return answer.kind === 'label' || answer.kind === 'sleep' || answer.kind === 'return'
}

/** Only of one that is free. */
export function outcomeOf(answer: Answer): unknown {
  switch (answer.kind) {
    case 'label':
      return answer.to
    case 'sleep':
      return sleep(answer.to)
    case 'return':
      return ret(answer.value)
    default:
      throw new TypeError(`a call of ${answer.procedure.name} takes arguments`)
  }
}

/** The same call, which comes back to another label. */
export function comingBackTo(label: string, { procedure, args, into }: Call): Call {
  return into === undefined ? call(procedure, args, label) : call(procedure, args, label, into as never)
}
