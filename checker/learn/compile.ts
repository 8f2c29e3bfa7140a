/** Decision trees as code: what the trees say of each unit, in branches that V8 compiles. A state that they do not cover is a miss. */
import type { DecisionTrees } from './decision-trees.js'
import { NOTHING, RUN_IT } from './leaves.js'

/** Decides each unit in turn: emits the leaf that the state leads to, or says that it is a miss. */
export type Decide = () => void

/** Source beyond this many characters becomes a function of its own: V8 does not optimise functions that are too large. */
const LONGEST = 3000

/**
 * @param state where the state to expand is found at each call
 * @param emit takes the leaf of a unit that has successors
 * @param miss takes a unit that has to be run
 */
export function compileDecisions(
  trees: DecisionTrees,
  state: Int32Array,
  emit: (leaf: number) => void,
  miss: (unit: number) => void,
): Decide {
  const functions: string[] = []
  const units = Array.from(trees.roots, (root, unit) => unitSource(trees, root, unit, functions))
  const source = `${functions.join('\n')}\nreturn function decide() {\n${units.join('\n')}\n}`
  return new Function('c', 'emit', 'miss', source)(state, emit, miss) as Decide
}

function unitSource(trees: DecisionTrees, root: number, unit: number, functions: string[]): string {
  const finish = (leaf: number): string => {
    if (leaf === NOTHING) return `break u${unit};`
    return leaf < 0 || leaf === RUN_IT ? `miss(${unit}); break u${unit};` : `emit(${leaf}); break u${unit};`
  }
  const call = (name: string): string => `leaf = ${name}(); if (leaf > 0) emit(leaf); else if (leaf < 0) miss(${unit}); break u${unit};`
  return `u${unit}: { let leaf = 0; ${nodeSource(trees, root, functions, finish, call)} }`
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
    (leaf) => `return ${leaf === RUN_IT ? -1 : leaf};`,
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
