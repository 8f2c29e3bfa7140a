/** Reads the leaves of one decision tree: walks it at first, and where it is asked often goes through code that is made of it. */
import { type Ends, nodeSource } from './decision-source.js'
import type { DecisionTrees } from './decision-trees.js'

/** The tree is compiled when it has been asked so often, and again after four times as often if it has grown. */
const FIRST_COMPILED = 1 << 14
/** Words of all trees; where they take more they are walked, as V8 takes longer to optimise their code than it saves. */
const MOST_COMPILED = 1 << 13

type LeafOf = (state: Int32Array) => number

export class LeafReader {
  readonly #trees: DecisionTrees
  readonly #unit: number
  #leafOf: LeafOf
  #asked = 0
  #nextCompile = FIRST_COMPILED
  #compiledSize = 0

  constructor(trees: DecisionTrees, unit: number) {
    this.#trees = trees
    this.#unit = unit
    this.#leafOf = this.#walk
  }

  /** The leaf for a state, or -1 where it has not been seen. */
  leafOf(state: Int32Array): number {
    if (++this.#asked === this.#nextCompile) this.#compile()
    const leaf = this.#leafOf(state)
    return leaf >= 0 ? leaf : this.#walk(state)
  }

  readonly #walk: LeafOf = (state) => this.#trees.leafOf(this.#unit, state)

  #compile(): void {
    this.#nextCompile *= 4
    const { size } = this.#trees
    if (size === this.#compiledSize || size > MOST_COMPILED) return
    this.#compiledSize = size
    this.#leafOf = compileLeafOf(this.#trees, this.#unit)
  }
}

/** The code answers leaves as `DecisionTrees.leafOf` does; what has been added since is not seen. */
export function compileLeafOf(trees: DecisionTrees, unit: number): LeafOf {
  const functions = new Map<number, string>()
  const body = nodeSource({ trees, functions, parameter: 'c', inFunction: answers }, trees.roots[unit] as number, answers)
  return new Function(`${[...functions.values()].join('\n')}\nreturn function leafOf(c) { ${body} }`)() as LeafOf
}

const answers: Ends = {
  finish: (leaf) => `return ${leaf};`,
  call: (name) => `return ${name}(c);`,
}
