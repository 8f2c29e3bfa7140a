import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { SpecFault } from '../fault.js'
import { assert } from '../machine/assertion.js'
import { language } from '../machine/language.js'
import { blocked, ret } from '../machine/outcome.js'
import { process, Thread } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { domain, ordinal } from '../schema/domain.js'
import { array, bool, ref, schema } from '../schema/field.js'
import { walk } from '../testing/quotient.js'
import { symmetryOf } from './symmetry.js'
import { SymmetryAudit } from './symmetry-audit.js'

/** Audits up to so many representatives, breadth first; the message of the first fault, or how many were audited. */
function audited(subject: Scenario, most = 2_000): string {
  const system = new System(subject)
  const symmetry = symmetryOf(system)
  if (symmetry === undefined) return 'no symmetry'
  const audit = new SymmetryAudit(system, symmetry)
  let count = 0
  const visit = (): void => {
    const state = String(system.current)
    audit.check()
    expect(String(system.current)).toBe(state)
    count++
  }
  try {
    walk(system, (w, into) => symmetry.canonical(w, into), visit, most)
    return `${count} audited`
  } catch (error) {
    return error instanceof SpecFault ? `${error.kind}: ${error.message}` : String(error)
  }
}

test.each([
  ['classics/two-phase-commit-5', 314],
  ['classics/transaction-commit-3', 13],
  ['classics/async-termination-detection-4', 331],
  ['classics/simple-allocator-3-2', 50],
  ['classics/readers-writers-3', 500],
  ['classics/peterson-2', 21],
  ['classics/filter-lock-4', 761],
  ['vswap/reclaim-vs-reclaim', 158],
  ['vswap/swapcache-vs-zap', 500],
])('%s is as symmetric as it says', (id, count) => {
  const subject = scenarios.find((s) => s.id === id)
  expect(subject && audited(subject, count)).toBe(`${count} audited`)
})

const Item = domain('item', 3, { symmetric: true })
const words = language(schema({ done: array(Item, bool), last: ref(Item), owner: ref(Thread) }))
type Parts = Parameters<typeof words.spec>[0]
type Action = NonNullable<Parts['actions']>[number]

const finish = words.action('finish', {
  params: { item: Item },
  guard: (s, { item }) => !s.done[item],
  effect(s, { item }) {
    s.done[item] = true
    s.last = item
  },
})

function of(parts: Partial<Parts>, run: Scenario['run'] = []): Scenario {
  const subject = words.spec({ name: 's', title: '', actions: [finish], properties: [], final: () => true, ...parts })
  const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', run, expect: expectation }) as unknown as Scenario
}

const undo = (guard: Action['guard'], effect: Action['effect'] = () => undefined): Action => ({ ...finish, name: 'undo', guard, effect })

interface Shown {
  readonly done: boolean[] & { readonly ids: readonly number[] }
  last: number
}
const shown = (s: object) => s as unknown as Shown
const item = (args: object) => (args as { readonly item: number }).item

describe('what tells elements apart is named', () => {
  const firstDone = ({ done }: Shown) => done[1] === true
  const property = (name: string, holds: (s: Shown) => boolean) => words.invariant(name, '', (s) => holds(shown(s)))
  test.each<[string, Scenario, string]>([
    ['a step enabled for one', of({ actions: [finish, undo((s, args) => item(args) === 2 && !firstDone(shown(s)))] }), 'step undo '],
    [
      'a step that writes by number',
      of({
        actions: [
          finish,
          undo(
            () => true,
            (s) => void Object.assign(s, { last: 2 }),
          ),
        ],
      }),
      'step undo ',
    ],
    [
      'an assertion that fails for one',
      of({
        actions: [
          finish,
          undo(
            () => true,
            (s) => assert(!firstDone(shown(s)), 'the first'),
          ),
        ],
      }),
      'step undo ',
    ],
    [
      'an assertion that fails otherwise for one',
      of({
        actions: [
          finish,
          undo(
            () => true,
            (s) => assert(false, firstDone(shown(s)) ? 'the first' : 'another'),
          ),
        ],
      }),
      'step undo ',
    ],
    ['an invariant', of({ properties: [property('NotTheFirst', (s) => !firstDone(s))] }), 'property NotTheFirst '],
    ['an example', of({ properties: [words.reachable('First', '', (s) => firstDone(shown(s)))] }), 'property First '],
    ['a non-property', of({ properties: [words.mustFail('Never', '', (s) => !firstDone(shown(s)))] }), 'property Never '],
    ['a property of final states', of({ properties: [words.quiescent('End', '', (s) => !firstDone(shown(s)))] }), 'property End '],
    ['a property of steps', of({ properties: [words.step('OnlyOnce', '', (before) => !firstDone(shown(before)))] }), 'property OnlyOnce '],
    ['what is final', of({ final: (s) => firstDone(shown(s)) }), "'final' "],
  ])('%s', (_, subject, who) => {
    const message = audited(subject)
    expect(message).toContain(`asymmetric: ${who}tells the elements of the domain 'item' apart, which are declared symmetric`)
    expect(message).toMatch(/with item \d and item \d swapped throughout the state/)
  })

  test('a process', () => {
    const claim = words.procedure(
      'claim',
      {},
      {
        begin(s, { self }) {
          if (s.owner !== 0 && ordinal(s.owner) > ordinal(self)) return blocked
          s.owner = self
          return ret()
        },
      },
    )
    const claimer = process('claimer', claim, { symmetric: true })
    expect(audited(of({}, [claimer({}), claimer({})]))).toContain(
      "asymmetric: step claimer/claim.begin tells the processes 'claimer' apart, which are declared symmetric: it is not the same with " +
        'CPU0 claimer and CPU1 claimer swapped throughout the state',
    )
  })
})

/** Of those that are not done, the one that was done last is another than the rest, if the state remembers it. */
test('to take the first of some is to take any, if these are alike', () => {
  const take = words.action('take', {
    guard: (s) => s.done.ids.some((id) => !s.done[id]),
    effect(s) {
      const first = s.done.ids.find((id) => !s.done[id])
      if (first !== undefined) s.done[first] = true
    },
  })
  const drop = (remembers: boolean) =>
    words.action('drop', {
      params: { item: Item },
      guard: (s, args) => s.done[args.item],
      effect(s, args) {
        s.done[args.item] = false
        if (remembers) s.last = args.item
      },
    })
  expect(audited(of({ actions: [take, drop(false)] }))).toBe('4 audited')
  expect(audited(of({ actions: [take, drop(true)] }))).toContain('asymmetric: step take tells')
})
