/**
 * Decision trees and their leaves as code: what the trees say of each unit, in branches that V8 compiles, and what the leaves write, with its
 * masks as constants. A state that the trees do not cover is a miss.
 */
import type { System } from '../machine/system.js'
import { type Ends, nodeSource } from './decision-source.js'
import type { DecisionTrees } from './decision-trees.js'
import { type Leaves, NOTHING, RUN_IT } from './leaves.js'
import type { Taker } from './taker.js'

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
  /** Decides a unit by walking its tree, where that is too large to be compiled. */
  readonly walk: (unit: number) => void
  readonly isTooLarge: (unit: number) => boolean
  /** Runs a unit in some other way. */
  readonly miss: (unit: number) => void
}

export function compileDecisions(learned: Learned): Decide {
  const { trees, system, taker, watched, walk, isTooLarge, miss } = learned
  const functions = new Map<number, string>()
  const units = Array.from(trees.roots, (root, unit) =>
    isTooLarge(unit)
      ? `walk(${unit});`
      : `u${unit}: { ${nodeSource({ trees, functions, parameter: '', inFunction }, root, endsOfUnit(unit))} }`,
  )
  const decide = [...functions.values(), `return function decide() {\n${units.join('\n')}\n}`].join('\n')
  const source = `${leafFunctions(learned, decide)}\n${decide}`
  return new Function('c', 'w', 'watched', 'taker', 'walk', 'miss', source)(system.current, system.w, watched, taker, walk, miss) as Decide
}

/** A function for each leaf that the code comes to. */
function leafFunctions({ leaves, touchedBits }: Learned, code: string): string {
  const called = new Set(Array.from(code.matchAll(/\bl(\d+)\(/g), ([, leaf]) => Number(leaf)))
  return Array.from(called, (leaf) => {
    const outcomes = leaves.outcomes(leaf).map(({ kind, change, writes }) => {
      const [sets, touched, seen, resets]: string[][] = [[], [], [], []]
      for (const [i, { word, keep, bits }] of writes.entries()) {
        sets?.push(`const b${i} = c[${word}], a${i} = (b${i} & ${keep}) | ${bits}; w[${word}] = a${i};`)
        touched?.push(`(a${i} !== b${i} ? ${touchedBits[word]} : 0)`)
        seen?.push(`((a${i} ^ b${i}) & watched[${word}])`)
        resets?.push(`w[${word}] = c[${word}];`)
      }
      return `{ ${sets?.join(' ')} taker.take(${kind}, ${touched?.join(' | ') || 0}, ${seen?.join(' | ') || 0}, ${change}); ${resets?.join(' ')} }`
    })
    return `function l${leaf}() { ${outcomes.join(' ')} }`
  }).join('\n')
}

function endsOfUnit(unit: number): Ends {
  return {
    finish(leaf) {
      if (leaf === NOTHING) return `break u${unit};`
      return leaf < 0 || leaf === RUN_IT ? `miss(${unit}); break u${unit};` : `l${leaf}(); break u${unit};`
    },
    call: (name) => `if (${name}()) miss(${unit}); break u${unit};`,
  }
}

/** A function answers whether the state is a miss. */
const inFunction: Ends = {
  finish(leaf) {
    if (leaf === NOTHING) return 'return false;'
    return leaf < 0 || leaf === RUN_IT ? 'return true;' : `l${leaf}(); return false;`
  },
  call: (name) => `return ${name}();`,
}
