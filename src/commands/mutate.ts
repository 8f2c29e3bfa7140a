/** `swapcheck mutate`: makes one mistake after the other in a spec, and says which property notices. */
import type { CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import { codeOfVerdict, type ExitCode, exitCodes } from '../exit-code.js'
import { interruption } from '../interruption.js'
import { locate } from '../locate/locate.js'
import { Mutation } from '../mutation/mutation.js'
import { isExpected, type LostProtection } from '../mutation/protections.js'
import { scoreOf } from '../mutation/score.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'
import { protectionsAsJson, protectionsAsText } from '../report/protections.js'
import { trialAsText } from '../report/trial.js'
import { trialsAsJson, trialsAsText } from '../report/trials.js'
import { select } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { type MutateArgs, mutateOptions } from './mutate-options.js'

export function mutateCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, MutateArgs> {
  return {
    command: 'mutate <name> [scenario..]',
    describe: 'Make one mistake after the other in a spec: which property notices?',
    builder: mutateOptions,
    handler: async (args) => finish(await run(args, terminal)),
  }
}

async function run(args: MutateArgs, terminal: Terminal): Promise<ExitCode> {
  const scenarios = scenariosOf(args, await loadScenarios(args.spec, [`${args.name}/*`]))
  const { signal, release } = interruption(() => terminal.progress(''))
  const mutation = new Mutation(scenarios, args.maxStates, signal, terminal)
  const code = args.mutant === undefined ? await all(args, mutation, terminal) : await one(args.mutant, args.json, mutation, terminal)
  release()
  return code
}

async function all({ kind, json, minScore }: MutateArgs, mutation: Mutation, { page, print, note, progress }: Terminal): Promise<ExitCode> {
  const generic = kind.filter((k) => k !== 'protections')
  const lost = kind.includes('protections') ? await mutation.protections() : undefined
  const tried = generic.length > 0 ? await mutation.tried(generic) : undefined
  progress('')
  if (json) print(asJson([...protectionsAsJson(lost ?? []), ...trialsAsJson(tried ?? [], locate)]))
  else print([lost && protectionsAsText(lost, page), tried && trialsAsText(tried, locate, page)].filter((text) => text).join('\n'))
  return codeOf(lost ?? []) || codeOfScore(scoreOf(tried ?? []).percent, minScore, note)
}

/** Survivors are for people to read, unless somebody asks for fewer. */
function codeOfScore(percent: number | undefined, least: number | undefined, note: Terminal['note']): ExitCode {
  if (percent === undefined || least === undefined || percent >= least) return exitCodes.asExpected.code
  note(`swapcheck: ${percent}% of the mutants are noticed; --min-score asks for ${least}%`)
  return exitCodes.vacuous.code
}

/** One mutant, with its trace. */
async function one(id: string, json: boolean, mutation: Mutation, { page, print, progress }: Terminal): Promise<ExitCode> {
  const tried = await mutation.triedAs(id)
  progress('')
  print(json ? asJson(trialsAsJson(tried, locate)) : tried.map((each) => trialAsText(each, locate, page)).join('\n'))
  return exitCodes.asExpected.code
}

function asJson(entries: readonly object[]): string {
  return `${JSON.stringify(entries, null, 2)}\n`
}

/** Those of the default set, unless they are named. */
function scenariosOf({ name, scenario: patterns }: MutateArgs, all: readonly Scenario[]): readonly Scenario[] {
  const found = all.filter((s) => s.spec.name === name)
  if (found.length > 0) return select(found, patterns, undefined)
  const names = [...new Set(all.map((s) => s.spec.name))]
  const [near] = nearest(name, names, 3)
  throw badArguments(`no spec is called '${name}'; ${near === undefined ? `expected ${names.join(', ')}` : `did you mean ${near}?`}`)
}

/** Nobody missed a protection, and the spec does not say why: its properties say nothing there. */
function codeOf(lost: readonly LostProtection[]): ExitCode {
  const wrong = lost.find((each) => !isExpected(each))
  if (wrong === undefined) return exitCodes.asExpected.code
  return wrong.noticed === undefined ? exitCodes.vacuous.code : codeOfVerdict(wrong.noticed.verdict)
}
