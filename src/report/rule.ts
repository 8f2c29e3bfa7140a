/** What a finding speaks against: a property, or what is asked of every scenario. */
import type { Verdict } from '../../checker/index.js'
import type { Finding } from './finding.js'

export interface Rule {
  /** `vswap/NoUseAfterFree`, `swapcheck/deadlock`: the same for all findings of one kind. */
  readonly id: string
  readonly name: string
  readonly sentence: string
}

export function ruleOf({ scenario, verdict }: Pick<Finding, 'scenario' | 'verdict'>): Rule {
  if (verdict.kind === 'violated') {
    const { property, sentence } = verdict
    return { id: `${scenario.spec.name}/${property}`, name: property, sentence }
  }
  return { id: `swapcheck/${verdict.kind}`, name: verdict.kind, sentence: sentences[verdict.kind] }
}

const sentences: Readonly<Record<Exclude<Verdict['kind'], 'violated'>, string>> = {
  holds: 'A scenario shows what it is expected to show, in exactly so many states.',
  deadlock: 'Something can go on in every state that is not final.',
  vacuous: 'What is asked of a spec can fail, and its steps fire.',
  incomplete: 'Every reachable state is visited.',
  specError: 'A spec is a function of the state, and stays within its ranges.',
}
