/** Random specs that are symmetric by construction: they name elements by variables alone, and compare them with each other alone. */
import fc from 'fast-check'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, call, ret } from '../machine/outcome.js'
import { process, Thread } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { domain, type Id, type Ref } from '../schema/domain.js'
import { array, bool, int, oneOf, ref, schema, set } from '../schema/field.js'
import type { RecordView } from '../schema/view.js'
import { Draw } from './draw.js'

const Item = domain('item', 3, { symmetric: true })
const COLOURS = ['red', 'green', 'blue'] as const
const state = schema({
  colour: array(Item, oneOf(...COLOURS)),
  link: array(Item, ref(Item)),
  held: set(Item),
  chosen: ref(Item),
  count: int(0, 2),
  owner: ref(Thread),
  marked: array(Thread, bool),
})
type State = RecordView<typeof state.fields>
type Colour = (typeof COLOURS)[number]

/** What a step can see besides the state; only `e` can be written, and nothing in an action. */
interface Scope {
  readonly d: Ref<'item'>
  e: Ref<'item'>
  readonly self: Ref<'thread'>
}
type Item = 'd' | 'e' | 'chosen' | { readonly linkOf: Item }
type Test =
  | { readonly is: Item; readonly colour: Colour }
  | { readonly same: readonly [Item, Item] }
  | { readonly isHeld: Item }
  | { readonly count: number }
  | 'owned by nobody'
  | 'owned by me'
  | { readonly not: Test }
type Effect =
  | { readonly paint: Item; readonly colour: Colour }
  | { readonly link: Item; readonly to: Item | 'NULL' }
  | { readonly choose: Item | 'NULL' }
  | { readonly keep: Item }
  | { readonly hold: Item }
  | { readonly drop: Item }
  | 'count'
  | 'own'
  | 'disown'
  | 'mark'
interface Step {
  readonly when: readonly Test[]
  readonly effects: readonly Effect[]
  readonly next: number | 'return' | { readonly call: Item; readonly next: number }
}
export interface SymmetricPlan {
  readonly items: number
  /** Whether the first item is chosen at first, or any, or none. */
  readonly start: 'first' | 'any' | 'none'
  readonly actions: readonly Step[]
  readonly steps: readonly Step[]
  readonly called: readonly Step[]
  readonly processes: number
  /** Never true of any item at once. */
  readonly never: readonly Test[]
}

export const symmetricPlan: fc.Arbitrary<SymmetricPlan> = fc.gen().map((g) => {
  const draw = new Draw(g)
  const item = (depth = 1): Item => draw.from([...(['d', 'e', 'chosen'] as const), ...(depth > 0 ? [{ linkOf: item(depth - 1) }] : [])])
  const orNull = () => (draw.chance(30) ? 'NULL' : item())
  const colour = () => draw.from(COLOURS)
  const test = (): Test => {
    const tests: Test[] = [{ is: item(), colour: colour() }, { same: [item(), item()] }, { isHeld: item() }, { count: draw.int(0, 2) }]
    const one = draw.from<Test>([...tests, 'owned by nobody', 'owned by me'])
    return draw.chance(40) ? { not: one } : one
  }
  const effect = (): Effect =>
    draw.from<Effect>([
      { paint: item(), colour: colour() },
      { link: item(), to: orNull() },
      { choose: orNull() },
      { keep: item() },
      { hold: item() },
      { drop: item() },
      'count',
      'own',
      'disown',
      'mark',
    ])
  const steps = (count: number, calls: boolean): Step[] =>
    Array.from({ length: count }, (_, i) => ({
      when: draw.list(0, 1, test),
      effects: draw.list(1, 3, effect),
      next:
        i === count - 1 ? 'return' : calls && draw.chance(50) ? { call: item(), next: i + 1 } : draw.chance(20) ? draw.int(0, i) : i + 1,
    }))
  return {
    items: draw.int(2, 4),
    start: draw.from(['first', 'any', 'none'] as const),
    actions: steps(draw.int(0, 3), false),
    steps: steps(draw.int(1, 4), true),
    called: steps(draw.int(1, 2), false),
    processes: draw.int(0, 3),
    never: draw.list(2, 3, test),
  }
})

export function symmetricSpec(plan: SymmetricPlan): Scenario {
  const words = language(state)
  const enabled = (step: Step, s: State, scope: Scope) => step.when.every((t) => passes(t, s, scope))
  const act = (step: Step, s: State, scope: Scope) => {
    for (const effect of step.effects) perform(effect, s, scope)
  }
  const actions = plan.actions.map((step, i) =>
    words.action(`a${i}`, {
      params: { d: Item, e: Item },
      guard: (s, { d, e }) => enabled(step, s, { d, e, self: 0 }),
      effect: (s, { d, e }) => act(step, s, { d, e, self: 0 }),
    }),
  )
  const frame = { args: { d: ref(Item) }, locals: { e: ref(Item) } }
  const label = (n: number) => `l${n}`
  const compiled = (steps: readonly Step[]) =>
    steps.map((step, i) => {
      const run = (s: State, me: Scope): unknown => {
        if (!enabled(step, s, me)) return blocked
        act(step, s, me)
        if (step.next === 'return') return ret()
        if (typeof step.next === 'number') return label(step.next)
        return call(called, { d: itemOf(step.next.call, s, me) }, label(step.next.next))
      }
      return [label(i), run] as const
    })
  const called = words.procedure('called', frame, Object.fromEntries(compiled(plan.called)) as never)
  const main = words.procedure('main', { ...frame, calls: [called] }, Object.fromEntries(compiled(plan.steps)) as never)
  const worker = process('worker', main, { symmetric: true })
  const subject = words.spec({
    name: 'random',
    title: 'A random symmetric spec',
    init(s) {
      if (plan.start === 'first') s.chosen = s.colour.ids[0] ?? 0
      if (plan.start === 'any') s.chosen = choose(Item)
    },
    actions,
    final: () => true,
    properties: [
      words.invariant('Never', 'A random one.', (s) =>
        s.colour.ids.every((d) => !plan.never.every((t) => passes(t, s, { d, e: s.chosen, self: s.owner }))),
      ),
      words.step('KeepsColours', 'What is held keeps its colour.', (before, after) =>
        before.colour.ids.every((d) => !before.held.has(d) || before.colour[d] === after.colour[d] || after.count !== 2),
      ),
    ],
  })
  return scenario(subject, {
    name: 'symmetric',
    title: 'A random symmetric spec',
    bounds: { item: plan.items },
    run: Array.from({ length: plan.processes }, (_, i) => worker({ d: i % 2 })),
    expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 },
  }) as unknown as Scenario
}

function itemOf(item: Item, s: State, scope: Scope): Ref<'item'> {
  if (item === 'd') return scope.d
  if (item === 'e') return scope.e
  if (item === 'chosen') return s.chosen
  const of = itemOf(item.linkOf, s, scope)
  return of === 0 ? 0 : s.link[of]
}

/** Of NULL, nothing is true. */
function passes(test: Test, s: State, scope: Scope): boolean {
  if (test === 'owned by nobody') return s.owner === 0
  if (test === 'owned by me') return s.owner !== 0 && s.owner === scope.self
  if ('not' in test) return !passes(test.not, s, scope)
  if ('same' in test) return itemOf(test.same[0], s, scope) === itemOf(test.same[1], s, scope)
  if ('count' in test) return s.count === test.count
  const item = itemOf('is' in test ? test.is : test.isHeld, s, scope)
  if (item === 0) return false
  return 'is' in test ? s.colour[item] === test.colour : s.held.has(item)
}

function perform(effect: Effect, s: State, scope: Scope): void {
  const at = (item: Item, act: (id: Id<'item'>) => void): void => {
    const id = itemOf(item, s, scope)
    if (id !== 0) act(id)
  }
  const or = (item: Item | 'NULL') => (item === 'NULL' ? 0 : itemOf(item, s, scope))
  if (effect === 'count') s.count = (s.count + 1) % 3
  else if (effect === 'own') s.owner = scope.self
  else if (effect === 'disown') s.owner = 0
  else if (effect === 'mark') {
    if (scope.self !== 0) s.marked[scope.self] = !s.marked[scope.self]
  } else if ('paint' in effect) at(effect.paint, (id) => void Object.assign(s.colour, { [id]: effect.colour }))
  else if ('link' in effect) at(effect.link, (id) => void Object.assign(s.link, { [id]: or(effect.to) }))
  else if ('choose' in effect) s.chosen = or(effect.choose)
  else if ('keep' in effect) {
    if (scope.self !== 0) scope.e = itemOf(effect.keep, s, scope)
  } else if ('hold' in effect) at(effect.hold, (id) => s.held.add(id))
  else at(effect.drop, (id) => s.held.delete(id))
}
