/** The options of `swapcheck mutate`. */
import type { Argv } from 'yargs'
import { type MutantKind, mutantKinds } from '../mutation/mutant.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'
import { natural, once, positive, specOption } from './options.js'

export const kinds = ['protections', ...mutantKinds] as const
export type Kind = 'protections' | MutantKind

export interface MutateArgs {
  /** The name of a spec. */
  readonly name: string
  readonly scenario: readonly string[]
  readonly kind: readonly Kind[]
  readonly mutant: string | undefined
  readonly minScore: number | undefined
  readonly maxStates: number
  readonly json: boolean
  readonly spec: string | undefined
}

export function mutateOptions(y: Argv): Argv<MutateArgs> {
  return y
    .positional('name', {
      type: 'string',
      demandOption: true,
      describe: 'The name of a spec: the first half of the ids of its scenarios',
    })
    .positional('scenario', {
      type: 'string',
      array: true,
      default: [],
      describe: 'Only in these of its scenarios: ids, names that are unique, or globs',
    })
    .option('kind', {
      type: 'string',
      default: 'protections',
      requiresArg: true,
      coerce: kindsOf,
      describe: `What is changed, with commas between: ${kinds.join(', ')}`,
    })
    .option('mutant', {
      type: 'string',
      requiresArg: true,
      conflicts: 'min-score',
      coerce: once('mutant'),
      describe: 'Only this one, of any kind but protections, with the trace in which it is noticed',
    })
    .option('min-score', {
      type: 'string',
      requiresArg: true,
      coerce: natural('min-score', 100),
      describe: 'End with 15 where less than so many percent of the guards, skips, swaps and locks are noticed',
    })
    .option('max-states', {
      type: 'string',
      default: '100000',
      requiresArg: true,
      coerce: positive('max-states', 'whole'),
      describe: 'Leave a guard, skip, swap or lock open when it has taken so many states, in all its scenarios',
    })
    .option('json', { type: 'boolean', default: false, describe: 'As a JSON array' })
    .option('spec', specOption)
    .example('$0 mutate vswap', 'every lock, recheck, pin and order that the spec names')
    .example('$0 mutate classics peterson-2 --kind guards,skips,swaps,locks', 'and what it does not name') as unknown as Argv<MutateArgs>
}

function kindsOf(given: string | readonly string[]): Kind[] {
  const names = once('kind')(given).split(',')
  return kinds.filter((kind) => names.map(kindOf).includes(kind))
}

function kindOf(name: string): Kind {
  const found = kinds.find((kind) => kind === name)
  if (found !== undefined) return found
  const [near] = nearest(name, kinds, 3)
  throw badArguments(`--kind was given '${name}'; expected ${kinds.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`)
}
