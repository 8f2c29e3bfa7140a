/** Decision trees as source: branches that V8 compiles. The state is an array that the code calls `c`. */
import type { DecisionTrees } from './decision-trees.js'

/** Source beyond this many characters becomes a function of its own: V8 does not optimise functions that are too large. */
const LONGEST = 3000

/** What lies deeper in a tree has no code, and ends as what has not been seen. */
const DEEPEST = 500

/** How code ends that has come to a leaf (-1 for none), or to a node that has a function of its own. */
export interface Ends {
  finish(leaf: number): string
  call(name: string): string
}

export interface Writing {
  readonly trees: DecisionTrees
  /** Of the nodes that have one, by where they are; more are added. */
  readonly functions: Map<number, string>
  /** Of those functions: `c` where it is not known to all of the code, or nothing. */
  readonly parameter: string
  /** How the code of those functions ends. */
  readonly inFunction: Ends
}

/** The code for a node (`at` above 0), a leaf (below) or what has not been seen (0). */
export function nodeSource(writing: Writing, at: number, ends: Ends, depth = 0): string {
  if (at <= 0 || depth > DEEPEST) return ends.finish(at < 0 ? ~at : -1)
  const name = `f${at}`
  if (writing.functions.has(at)) return ends.call(name)
  const inner = branchSource(writing, at, ends, depth)
  if (inner.length <= LONGEST) return inner
  writing.functions.set(at, `function ${name}(${writing.parameter}) { ${branchSource(writing, at, writing.inFunction, depth)} }`)
  return ends.call(name)
}

function branchSource(writing: Writing, at: number, ends: Ends, depth: number): string {
  const { word, shift, mask } = writing.trees.bitsAt(at)
  const cases = new Map<string, number[]>()
  writing.trees.children(at).forEach((child, value) => {
    const source = nodeSource(writing, child, ends, depth + 1)
    cases.set(source, [...(cases.get(source) ?? []), value])
  })
  const [[most, values] = ['', []], ...others] = [...cases].sort((a, b) => b[1].length - a[1].length)
  if (others.length === 0) return most
  if (mask === 1) return `if ((c[${word}] & ${1 << shift}) ${values[0] === 0 ? '===' : '!=='} 0) { ${most} } else { ${others[0]?.[0]} }`
  const labelled = others.map(([source, of]) => `${of.map((v) => `case ${v}:`).join(' ')} ${source}`)
  return `switch ((c[${word}] >>> ${shift}) & ${mask}) { ${labelled.join(' ')} default: ${most} }`
}
