/** Values of options: each refused with what was expected and what came. */
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'
import { reporterNames } from '../report/reporters.js'
import { parseSize } from '../report/size.js'

/** What yargs gives for an option: a list if it was given more than once. */
export type Given = string | readonly string[]

/** A check of an option that is given at most once, and not ''. */
export function once(option: string): (given: Given) => string {
  return (given) => {
    if (typeof given !== 'string') throw badArguments(`--${option} was given ${given.length} times; expected once`)
    if (given === '') throw badArguments(`--${option} was given no value`)
    return given
  }
}

/** A check of an option that takes one of a list of names. */
export function oneOf<const N extends string>(option: string, names: readonly N[]): (given: Given) => N {
  return (given) => {
    const value = once(option)(given)
    const name = names.find((n) => n === value)
    if (name !== undefined) return name
    const [near] = nearest(value, names, 3)
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    throw badArguments(`--${option} was given '${value}'; expected ${names.join(', ')}${hint}`)
  }
}

/** A check of an option that takes a number greater than 0. */
export function positive(option: string, kind: 'whole' | 'any'): (given: Given) => number {
  return (given) => {
    const value = once(option)(given)
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (number > 0 && (kind === 'any' || Number.isSafeInteger(number))) return number
    throw badArguments(`--${option} was given '${value}'; expected a ${kind === 'whole' ? 'whole number' : 'number'} greater than 0`)
  }
}

/** A check of an option that takes a whole number from 1 to `most`. */
export function wholeUpTo(option: string, most: number): (given: Given) => number {
  return whole(option, 1, most)
}

/** A check of an option that takes a whole number from 0 to `most`. */
export function natural(option: string, most: number): (given: Given) => number {
  return whole(option, 0, most)
}

function whole(option: string, least: number, most: number): (given: Given) => number {
  return (given) => {
    const value = once(option)(given)
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (number >= least && number <= most) return number
    throw badArguments(`--${option} was given '${value}'; expected a whole number from ${least} to ${most}`)
  }
}

/** A check of an option that takes a size of memory; gives bytes. */
export function size(option: string): (given: Given) => number {
  return (given) => {
    const value = once(option)(given)
    const bytes = parseSize(value)
    if (bytes !== undefined) return bytes
    throw badArguments(`--${option} was given '${value}'; expected a size such as 500M or 4G`)
  }
}

/** The option of every command that works on scenarios. */
export const specOption = {
  type: 'string',
  requiresArg: true,
  coerce: once('spec'),
  describe: "Take the scenarios from an ES module that exports 'scenarios', instead of those that come with swapcheck",
} as const

/** The options of every command that shows counterexamples. */
export const reporterOption = {
  choices: reporterNames,
  default: 'text',
  requiresArg: true,
  coerce: oneOf('reporter', reporterNames),
  describe:
    'Report for people (text); as one JSON object per run and line; as JUnit XML or SARIF 2.1.0, for CI; as annotations and a summary page of a ' +
    'GitHub job; as Markdown with Mermaid diagrams; or as a page to look at in a browser (html)',
} as const

export const outOption = {
  type: 'string',
  requiresArg: true,
  coerce: once('out'),
  describe: 'Write the report to this file instead of standard output',
} as const
