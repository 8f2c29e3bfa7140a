/** What became of mutants, as text and as JSON: which property notices, in how many steps, and which survive. */
import type { VacuityReason, Verdict } from '../../checker/index.js'
import type { Locate, Region } from '../locate/region.js'
import { type MutantKind, mutantKinds } from '../mutation/mutant.js'
import { type Score, scoreOf } from '../mutation/score.js'
import type { Outcome, Tried } from '../mutation/trial.js'
import type { Page } from './story.js'
import { columns } from './table.js'
import { wrap } from './wrap.js'

/** A line for each mutant, a sentence for each that nobody notices, who notices how many, and the score by kind. */
export function trialsAsText(all: readonly Tried[], locate: Locate, { width, colors }: Page): string {
  if (all.length === 0) return 'there are no such mutants: no step of these scenarios can be changed that way\n'
  const rows = all.map(({ mutant, trial }) => {
    const { report } = trial
    const isNoticed = trial.outcome === 'noticed'
    return [words[trial.outcome], mutant.id, isNoticed ? (report?.scenario.id ?? '') : '', stepsOf(trial), noticeOf(trial)]
  })
  const [heads = '', ...lines] = columns([['', 'mutant', 'in', 'steps', 'noticed by'], ...rows], [3])
  const colored = lines.map((line, i) => (all[i]?.trial.outcome === 'survived' ? colors.red(line) : line))
  const open = all.filter(({ trial }) => trial.outcome !== 'noticed' && trial.outcome !== 'vacuous')
  const places = locate(open.map(({ mutant }) => mutant.at))
  const sentences = open.flatMap((tried) => ['', ...wrap(`${titleOf(tried.mutant, places.get(tried.mutant.at))}; ${fateOf(tried)}`, width)])
  const tables = [noticing(all), scores(all)]
    .filter((table) => table.length > 1)
    .map(([head = '', ...body]) => ['', colors.dim(head), ...body])
  return `${[colors.dim(heads), ...colored, ...sentences, ...tables.flat()].join('\n')}\n`
}

export function trialsAsJson(all: readonly Tried[], locate: Locate): object[] {
  const places = locate(all.map(({ mutant }) => mutant.at))
  return all.map(({ mutant, trial }) => {
    const { outcome, report, tried, isAlike, reasons } = trial
    const { file, startLine } = places.get(mutant.at) ?? {}
    const { scenario, distinct, depth } = report ?? {}
    return {
      mutant: mutant.id,
      kind: mutant.kind,
      change: mutant.change,
      ...(file !== undefined && { file, line: startLine }),
      outcome,
      tried,
      of: mutant.scenarios.length,
      ...(outcome === 'noticed' && report && { noticed: { ...notice(report.verdict), scenario: scenario?.id, distinct, depth } }),
      ...(outcome === 'survived' && { alike: isAlike }),
      ...(reasons.length > 0 && { reasons }),
    }
  })
}

const words: Readonly<Record<Outcome, string>> = {
  noticed: 'ok',
  vacuous: 'vacuous',
  survived: 'lives',
  undecided: 'open',
  invalid: 'invalid',
}

function notice(verdict: Verdict): {
  readonly verdict: Verdict['kind']
  readonly property?: string
  readonly fault?: string
  readonly steps?: number
} {
  return {
    verdict: verdict.kind,
    ...(verdict.kind === 'violated' && { property: verdict.property }),
    ...(verdict.kind === 'specError' && { fault: verdict.fault }),
    ...('trace' in verdict && verdict.trace && { steps: verdict.trace.steps.length }),
  }
}

/** Who notices: a property, or the machine itself. */
function noticer(verdict: Verdict): string {
  if (verdict.kind === 'violated') return verdict.property
  if (verdict.kind !== 'specError') return verdict.kind
  return verdict.fault === 'range' ? 'a value out of range' : 'a step that throws'
}

function noticeOf({ outcome, report, reasons }: Tried['trial']): string {
  if (outcome === 'noticed' && report !== undefined) return noticer(report.verdict)
  const [reason] = reasons
  if (outcome !== 'vacuous' || reason === undefined) return 'nobody'
  return reasonInWords(reason)
}

function reasonInWords(reason: VacuityReason): string {
  return `${reason.kind}: ${'step' in reason ? reason.step : reason.property}`
}

function stepsOf({ outcome, report }: Tried['trial']): string {
  const { steps } = outcome === 'noticed' && report ? notice(report.verdict) : {}
  return steps === undefined ? '' : count(steps)
}

/** `skip:peterson.a4:a0 (specs/classics/peterson.ts:49): the step does nothing, and goes on at a0`. */
export function titleOf({ id, change }: Tried['mutant'], place: Region | undefined): string {
  return `${id}${place === undefined ? '' : ` (${place.file}:${place.startLine})`}: ${change}`
}

/** What became of one that no property notices. */
export function fateOf({ mutant, trial }: Tried): string {
  const { outcome, tried, isAlike, reasons } = trial
  const of = mutant.scenarios.length
  if (outcome === 'invalid') return 'that is no spec, and says nothing'
  if (outcome === 'undecided')
    return `the states that it may take (--max-states) ended when ${tried} of ${of} scenarios that reach it had held`
  if (outcome === 'vacuous') return `nothing goes wrong, but ${reasons.map(reasonInWords).join('; ')}`
  const holds = of === 1 ? 'the scenario that reaches it holds' : `each of ${of} scenarios that reach it holds`
  return `${holds}${isAlike ? ', with as many states and steps as without it' : ''}`
}

/** How many mutants each property notices, and in how many steps. */
function noticing(all: readonly Tried[]): string[] {
  const steps = new Map<string, number[]>()
  for (const { trial } of all) {
    if (trial.outcome !== 'noticed' || trial.report === undefined) continue
    const { verdict } = trial.report
    steps.set(noticer(verdict), [...(steps.get(noticer(verdict)) ?? []), notice(verdict).steps ?? 0])
  }
  const byCount = [...steps].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
  const rows = byCount.map(([name, of]) => [name, count(of.length), range(of)])
  return columns([['noticed by', 'mutants', 'steps'], ...rows], [1, 2])
}

function range(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  return least === most ? count(least) : `${count(least)}-${count(most)}`
}

function scores(all: readonly Tried[]): string[] {
  const kinds = mutantKinds.filter((kind) => all.some(({ mutant }) => mutant.kind === kind))
  const rowOf = (name: MutantKind | 'all', score: Score): string[] => [
    name,
    ...[score.mutants, score.noticed, score.vacuous, score.survived, score.undecided].map(count),
    score.percent === undefined ? '' : `${score.percent}%`,
  ]
  const rows = kinds.map((kind) => rowOf(kind, scoreOf(all.filter(({ mutant }) => mutant.kind === kind))))
  const total = kinds.length > 1 ? [rowOf('all', scoreOf(all))] : []
  const names = ['kind', 'mutants', 'noticed', 'vacuous', 'survived', 'open', 'score']
  return columns([names, ...rows, ...total], [1, 2, 3, 4, 5, 6])
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
