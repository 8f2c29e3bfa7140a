/** Explores a spec of a few steps, for the tests of the kernel's primitives. */
import { explore, type Process, type Property, type Spec, scenario, type Verdict } from '../../../checker/index.js'

export interface Litmus<S> {
  readonly without?: readonly string[]
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable?: Readonly<Record<string, readonly string[]>>
  init?(s: S): void
  readonly properties?: readonly Property<S>[]
}

/** The verdict of exploring `run`, in one line: `holds`, `deadlock`, `violated NoUseAfterFree: use after free`. */
export function litmus<S>(spec: Spec<S>, run: readonly Process[], options: Litmus<S> = {}): string {
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return inOneLine(explore(scenario(spec, { name: 'litmus', title: spec.title, run, expect, ...options }) as never).verdict)
}

function inOneLine(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'violated':
      return `violated ${verdict.property}${verdict.message === undefined ? '' : `: ${verdict.message}`}`
    case 'vacuous':
      return `vacuous: ${JSON.stringify(verdict.reasons)}`
    case 'specError':
      return `specError: ${verdict.message}`
    default:
      return verdict.kind
  }
}
