/** Mutants that lack a protection: each is taken out of scenarios that hold, until one of them does not hold any more. */
import type { Report, Scenario, Verdict } from '../../checker/index.js'
import { codeOfVerdict } from '../exit-code.js'
import { Refusal } from '../refusal.js'

/** What a protection is worth. */
export interface LostProtection {
  readonly protection: string
  /** The smallest scenario that goes wrong without it. */
  readonly noticed?: Report
  /** How many scenarios have a step that looks at it, and were explored without it. */
  readonly tried: number
  /** Why the spec says that nothing goes wrong. */
  readonly reason: string | undefined
}

type Explore = (scenario: Scenario) => Promise<Report>

/**
 * Explores those scenarios that are expected to hold, small ones first; each again without each protection that it looks at and that none
 * before it has missed.
 *
 * @param scenarios of one spec
 * @returns one for each of its protections, in order of declaration
 * @throws Refusal where a scenario does not hold as it is
 */
export async function withoutEach(scenarios: readonly Scenario[], explore: Explore): Promise<LostProtection[]> {
  const { protections = [], survivors = {} } = scenarios[0]?.spec ?? {}
  const noticed = new Map<string, Report>()
  const tried = new Map<string, number>()
  for (const scenario of holding(scenarios)) {
    if (noticed.size === protections.length) break
    for (const protection of await lookedAt(scenario, explore)) {
      if (noticed.has(protection)) continue
      const report = await explore(without(scenario, protection))
      tried.set(protection, (tried.get(protection) ?? 0) + 1)
      if (isNoticed(report.verdict)) noticed.set(protection, report)
    }
  }
  return protections.map((protection) => {
    const report = noticed.get(protection)
    return { protection, ...(report && { noticed: report }), tried: tried.get(protection) ?? 0, reason: survivors[protection] }
  })
}

function holding(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter((s) => s.expect.verdict === 'holds').sort((a, b) => a.expect.distinct - b.expect.distinct)
}

async function lookedAt(scenario: Scenario, explore: Explore): Promise<readonly string[]> {
  const { verdict, asked } = await explore(scenario)
  if (verdict.kind === 'holds') return asked
  const code = codeOfVerdict(verdict)
  throw new Refusal(code, `${scenario.id} does not hold as it is (${verdict.kind}); see 'swapcheck check ${scenario.id}'`)
}

/** Does the spec expect what came of it? */
export function isExpected({ noticed, reason }: LostProtection): boolean {
  return (noticed === undefined) === (reason !== undefined)
}

function without(scenario: Scenario, protection: string): Scenario {
  return { ...scenario, without: [...(scenario.without ?? []), protection] }
}

/** A step that cannot fire any more, or something that is not reached, is no defect of the protocol. */
function isNoticed(verdict: Verdict): boolean {
  return verdict.kind === 'violated' || verdict.kind === 'deadlock' || verdict.kind === 'specError'
}
