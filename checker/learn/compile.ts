/**
 * Decision trees and their leaves as code: what the trees say of each unit, in branches that V8 compiles, and what the leaves write, with its
 * masks as constants. A state that the trees do not cover is a miss.
 */
import type { System } from '../machine/system.js'
import type { DecisionTrees } from './decision-trees.js'
import { type Leaves, NOTHING, RUN_IT } from './leaves.js'
import type { Taker } from './successors.js'

/** Decides each unit in turn: takes the successors of the leaf that the state leads to, or says that it is a miss. */
export type Decide = () => void

export interface Learned {
  readonly trees: DecisionTrees
  readonly leaves: Leaves
  /** Has the state to expand in `current` and in `w`. */
  readonly system: System
  readonly taker: Taker
  readonly watched: Int32Array
  /** By word. */
  readonly touchedBits: Int32Array
  /** Runs a unit in some other way. */
  readonly miss: (unit: number) => void
}

/** Source beyond this many characters becomes a function of its own: V8 does not optimise functions that are too large. */
const LONGEST = 3000

export function compileDecisions(learned: Learned): Decide {
  const { trees, system, taker, watched, miss } = learned
  const functions = leafFunctions(learned)
  const units = Array.from(trees.roots, (root, unit) => unitSource(trees, root, unit, functions))
  const source = `${functions.join('\n')}\nreturn function decide() {\n${units.join('\n')}\n}`
  return new Function('c', 'w', 'watched', 'taker', 'miss', source)(system.current, system.w, watched, taker, miss) as Decide
}

/** A function for each leaf. */
function leafFunctions({ leaves, touchedBits }: Learned): string[] {
  return Array.from({ length: leaves.size }, (_, leaf) => {
    const outcomes = leaves.outcomes(leaf).map(({ kind, writes }) => {
      const [sets, touched, seen, resets]: string[][] = [[], [], [], []]
      for (const [i, { word, keep, bits }] of writes.entries()) {
        sets?.push(`const b${i} = c[${word}], a${i} = (b${i} & ${keep}) | ${bits}; w[${word}] = a${i};`)
        touched?.push(`(a${i} !== b${i} ? ${touchedBits[word]} : 0)`)
        seen?.push(`((a${i} ^ b${i}) & watched[${word}])`)
        resets?.push(`w[${word}] = c[${word}];`)
      }
      return `{ ${sets?.join(' ')} taker.take(${kind}, ${touched?.join(' | ') || 0}, ${seen?.join(' | ') || 0}); ${resets?.join(' ')} }`
    })
    return `function l${leaf}() { ${outcomes.join(' ')} }`
  })
}

function unitSource(trees: DecisionTrees, root: number, unit: number, functions: string[]): string {
  const finish = (leaf: number): string => {
    if (leaf === NOTHING) return `break u${unit};`
    return leaf < 0 || leaf === RUN_IT ? `miss(${unit}); break u${unit};` : `l${leaf}(); break u${unit};`
  }
  const call = (name: string): string => `if (${name}()) miss(${unit}); break u${unit};`
  return `u${unit}: { ${nodeSource(trees, root, functions, finish, call)} }`
}

function nodeSource(
  trees: DecisionTrees,
  at: number,
  functions: string[],
  finish: (leaf: number) => string,
  call: (name: string) => string,
): string {
  if (at <= 0) return finish(at === 0 ? -1 : ~at)
  const inner = branchSource(trees, at, functions, finish, call)
  if (inner.length <= LONGEST) return inner
  const body = branchSource(
    trees,
    at,
    functions,
    (leaf) => (leaf === NOTHING ? 'return false;' : leaf < 0 || leaf === RUN_IT ? 'return true;' : `l${leaf}(); return false;`),
    (name) => `return ${name}();`,
  )
  const name = `f${functions.length}`
  functions.push(`function ${name}() { ${body} }`)
  return call(name)
}

function branchSource(
  trees: DecisionTrees,
  at: number,
  functions: string[],
  finish: (leaf: number) => string,
  call: (name: string) => string,
): string {
  const [word, shift, mask] = trees.nodes.subarray(at, at + 3)
  const cases = new Map<string, number[]>()
  trees.children(at).forEach((child, value) => {
    const source = nodeSource(trees, child, functions, finish, call)
    cases.set(source, [...(cases.get(source) ?? []), value])
  })
  const [[most, values] = ['', []], ...others] = [...cases].sort((a, b) => b[1].length - a[1].length)
  if (others.length === 0) return most
  if (mask === 1)
    return `if ((c[${word}] & ${1 << (shift ?? 0)}) ${values[0] === 0 ? '===' : '!=='} 0) { ${most} } else { ${others[0]?.[0]} }`
  const labelled = others.map(([source, of]) => `${of.map((v) => `case ${v}:`).join(' ')} ${source}`)
  return `switch ((c[${word}] >>> ${shift}) & ${mask}) { ${labelled.join(' ')} default: ${most} }`
}
