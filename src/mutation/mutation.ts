/** Makes the mutants of some scenarios, and tries them, with progress on the terminal. */
import type { Report, Scenario } from '../../checker/index.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'
import type { Terminal } from '../terminal.js'
import { exploreUpTo, exploreWhole } from '../whole-search.js'
import { type MutantKind, mutantKinds } from './mutant.js'
import { mutantsOf } from './mutants.js'
import { observe } from './observed.js'
import { type LostProtection, withoutEach } from './protections.js'
import { type Tried, tryMutant } from './trial.js'

/** The scenarios of one name, spec by spec, and how they are explored. */
export class Mutation {
  readonly #specs: readonly (readonly Scenario[])[]
  readonly #maxStates: number
  readonly #signal: AbortSignal
  readonly #terminal: Terminal

  constructor(scenarios: readonly Scenario[], maxStates: number, signal: AbortSignal, terminal: Terminal) {
    this.#specs = [...new Set(scenarios.map((s) => s.spec))].map((spec) => scenarios.filter((s) => s.spec === spec))
    this.#maxStates = maxStates
    this.#signal = signal
    this.#terminal = terminal
  }

  async protections(): Promise<LostProtection[]> {
    const lost: LostProtection[] = []
    for (const scenarios of this.#specs) lost.push(...(await withoutEach(scenarios, this.#explore)))
    return lost
  }

  async tried(kinds: readonly MutantKind[]): Promise<Tried[]> {
    const tried: Tried[] = []
    for (const scenarios of this.#specs) {
      const mutants = mutantsOf(await observe(scenarios, this.#explore), kinds)
      for (const [i, mutant] of mutants.entries()) tried.push(await this.#try(mutant, `${i + 1} of ${mutants.length}`))
    }
    return tried
  }

  /** Those of an id: one for each spec that has it. */
  async triedAs(id: string): Promise<Tried[]> {
    const tried: Tried[] = []
    const ids: string[] = []
    for (const scenarios of this.#specs) {
      const mutants = mutantsOf(await observe(scenarios, this.#explore), mutantKinds)
      const found = mutants.filter((mutant) => mutant.id === id)
      for (const mutant of found) tried.push(await this.#try(mutant, id))
      ids.push(...mutants.map((mutant) => mutant.id))
    }
    if (tried.length > 0) return tried
    const near = nearest(id, ids, 3)
    throw badArguments(`no mutant is called '${id}'${near.length === 0 ? '' : `; the nearest are ${near.join(', ')}`}`)
  }

  async #try(mutant: Tried['mutant'], which: string): Promise<Tried> {
    const { progress, page } = this.#terminal
    progress(`mutant ${which}: ${mutant.id}`.slice(0, page.width))
    const explore = (scenario: Scenario, { maxStates }: { readonly maxStates?: number }): Promise<Report> =>
      exploreUpTo(scenario, maxStates, this.#signal, this.#terminal)
    return { mutant, trial: await tryMutant(mutant, this.#maxStates, explore) }
  }

  readonly #explore = (scenario: Scenario): Promise<Report> => exploreWhole(scenario, this.#signal, this.#terminal)
}
