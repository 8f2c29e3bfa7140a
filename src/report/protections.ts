/** What taking out protections has shown, as text and as JSON: which property notices. */
import type { Verdict } from '../../checker/index.js'
import { isExpected, type LostProtection } from '../mutation/protections.js'
import type { Page } from './story.js'
import { columns } from './table.js'
import { wrap } from './wrap.js'

/** A line for each protection, then the survivors with their reasons, and a summary. */
export function protectionsAsText(mutants: readonly LostProtection[], { width, colors }: Page): string {
  const rows = mutants.map((m) => [wordFor(m), m.protection, m.noticed?.scenario.id ?? '', depthOf(m), noticeOf(m)])
  const [heads = '', ...lines] = columns([['', 'without', 'in', 'depth', 'noticed by'], ...rows], [3])
  const colored = mutants.map((m, i) => (isExpected(m) ? (lines[i] ?? '') : colors.red(lines[i] ?? '')))
  const survivors = mutants.filter((m) => m.noticed === undefined).flatMap((m) => ['', ...wrap(survival(m), width)])
  return `${[colors.dim(heads), ...colored, ...survivors, '', summary(mutants)].join('\n')}\n`
}

export function protectionsAsJson(mutants: readonly LostProtection[]): object[] {
  return mutants.map((mutant) => {
    const { protection, noticed, tried, reason } = mutant
    const found = noticed && {
      ...whatNotices(noticed.verdict),
      scenario: noticed.scenario.id,
      distinct: noticed.distinct,
      depth: noticed.depth,
    }
    return { protection, asExpected: isExpected(mutant), tried, ...(found && { noticed: found }), ...(reason !== undefined && { reason }) }
  })
}

function wordFor(mutant: LostProtection): string {
  if (!isExpected(mutant)) return 'FAIL'
  return mutant.noticed === undefined ? 'lives' : 'ok'
}

function noticeOf({ noticed }: LostProtection): string {
  if (noticed === undefined) return 'nobody'
  const { verdict, property = verdict } = whatNotices(noticed.verdict)
  return property
}

function depthOf({ noticed }: LostProtection): string {
  return noticed === undefined ? '' : noticed.depth.toLocaleString('en-US')
}

function whatNotices(verdict: Verdict): { readonly verdict: Verdict['kind']; readonly property?: string } {
  return { verdict: verdict.kind, ...(verdict.kind === 'violated' && { property: verdict.property }) }
}

function survival({ protection, tried, reason }: LostProtection): string {
  const looks = tried === 1 ? 'the scenario that looks at it holds' : `each of ${tried} scenarios that look at it holds`
  const where = tried === 0 ? `no scenario looks at '${protection}'` : `without '${protection}', ${looks}`
  if (reason !== undefined) return `${where}: ${reason}`
  if (tried === 0) return `${where}: give it one, or take it out of the spec`
  return `${where}: add a property or a scenario that misses it, or list it under 'survivors' with the reason`
}

/** `75 protections, 73 noticed, 2 survive as the spec says`. */
function summary(mutants: readonly LostProtection[]): string {
  const noticed = mutants.filter((m) => m.noticed !== undefined).length
  const wrong = mutants.filter((m) => !isExpected(m)).length
  const all = `${mutants.length} ${mutants.length === 1 ? 'protection' : 'protections'}`
  return `${all}, ${noticed} noticed, ${mutants.length - noticed} not; ${wrong === 0 ? 'all as the spec says' : `${wrong} not as the spec says`}`
}
