/** What the steps of a spec do in those of its scenarios that hold: what mutants are made from. */
import {
  type Action,
  blocked,
  leavingOut,
  type Procedure,
  type Report,
  rewrite,
  type Scenario,
  type StepFunction,
  type Taken,
} from '../../checker/index.js'
import { codeOfVerdict } from '../exit-code.js'
import { Refusal } from '../refusal.js'
import { type Answer, answerOf, nameOf } from './answer.js'

export interface StepSeen {
  /** `do_swap_page.lookup`; `do_swap_page@2.lookup` where another procedure of that name was run before. */
  readonly name: string
  readonly procedure: Procedure
  readonly label: string
  readonly run: StepFunction
  /** Each once, in the order in which they were seen. */
  readonly answers: ReadonlyMap<string, Answer>
  /** Had it ever to wait? */
  readonly isBlocked: boolean
  /** What it took, or tried to. */
  readonly takes: ReadonlySet<Taken>
  /** Those in which it was run, small ones first. */
  readonly scenarios: ReadonlySet<Scenario>
}

export interface ActionSeen {
  readonly action: Action
  /** Those in which it was taken, small ones first. */
  readonly scenarios: ReadonlySet<Scenario>
}

export interface Observed {
  /** Those that hold, small ones first. */
  readonly scenarios: readonly Scenario[]
  /** Procedure by procedure, in order of declaration. */
  readonly steps: readonly StepSeen[]
  readonly actions: readonly ActionSeen[]
}

/**
 * Explores those scenarios of one spec that are expected to hold, as they are. The engine runs a step once for each way through it, and so hears all
 * that it answers.
 *
 * @param explore with one worker
 * @throws Refusal where a scenario does not hold
 */
export async function observe(scenarios: readonly Scenario[], explore: (scenario: Scenario) => Promise<Report>): Promise<Observed> {
  const holding = scenarios.filter((s) => s.expect.verdict === 'holds').sort((a, b) => a.expect.distinct - b.expect.distinct)
  const notes = new Notes()
  for (const scenario of holding) {
    const { verdict } = await explore(notes.watching(scenario))
    if (verdict.kind === 'holds') continue
    const message = `${scenario.id} does not hold as it is (${verdict.kind}); see 'swapcheck check ${scenario.id}'`
    throw new Refusal(codeOfVerdict(verdict), message)
  }
  return { scenarios: holding, steps: notes.steps, actions: [...notes.actions.values()] }
}

interface StepNotes extends StepSeen {
  readonly answers: Map<string, Answer>
  isBlocked: boolean
  readonly takes: Set<Taken>
  readonly scenarios: Set<Scenario>
}

class Notes {
  readonly #byProcedure = new Map<Procedure, Map<string, StepNotes>>()
  readonly #names = new Map<Procedure, string>()
  readonly actions = new Map<string, ActionSeen & { readonly scenarios: Set<Scenario> }>()

  /** Those that were run, procedure by procedure. */
  get steps(): StepNotes[] {
    return [...this.#byProcedure].flatMap(([{ steps }, notes]) => [...steps.keys()].flatMap((label) => notes.get(label) ?? []))
  }

  /** The same scenario, whose steps are noted here. */
  watching(scenario: Scenario): Scenario {
    const actions = scenario.spec.actions.map((action) => this.#watchingAction(scenario, action))
    return rewrite({ ...scenario, spec: { ...scenario.spec, actions } }, ({ procedure, label, run }) =>
      this.#watchingStep(scenario, procedure, label, run),
    )
  }

  #watchingAction(scenario: Scenario, action: Action): Action {
    const known = this.actions.get(action.name) ?? { action, scenarios: new Set() }
    this.actions.set(action.name, known)
    return {
      ...action,
      effect(s, args) {
        known.scenarios.add(scenario)
        action.effect(s, args)
      },
    }
  }

  #watchingStep(scenario: Scenario, procedure: Procedure, label: string, run: StepFunction): StepFunction {
    const notes = this.#notesOf(procedure)
    return (s, me) => {
      const known = notes.get(label) ?? { name: `${this.#nameOf(procedure)}.${label}`, procedure, label, run, ...nothing() }
      notes.set(label, known)
      known.scenarios.add(scenario)
      const outcome = leavingOut({ heard: (what) => known.takes.add(what) }, () => run(s, me))
      const answer = answerOf(outcome)
      if (answer !== undefined) known.answers.set(nameOf(answer), answer)
      else if (outcome === blocked) known.isBlocked = true
      return outcome
    }
  }

  #notesOf(procedure: Procedure): Map<string, StepNotes> {
    const notes = this.#byProcedure.get(procedure) ?? new Map<string, StepNotes>()
    this.#byProcedure.set(procedure, notes)
    return notes
  }

  /** Of a procedure that is run: those before it keep theirs. */
  #nameOf(procedure: Procedure): string {
    const before = this.#names.get(procedure)
    if (before !== undefined) return before
    const twins = [...this.#names.keys()].filter((other) => other.name === procedure.name).length
    const name = twins === 0 ? procedure.name : `${procedure.name}@${twins + 1}`
    this.#names.set(procedure, name)
    return name
  }
}

function nothing() {
  return { answers: new Map<string, Answer>(), isBlocked: false, takes: new Set<Taken>(), scenarios: new Set<Scenario>() }
}
