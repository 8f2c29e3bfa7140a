import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { int, schema } from '../schema/field.js'
import type { Verdict } from '../verdict.js'
import { language } from './language.js'
import { call, ret, sleep, tail } from './outcome.js'
import { makeProcedure, type Procedure } from './procedure.js'
import { process } from './process.js'
import { type Scenario, scenario } from './scenario.js'
import { System } from './system.js'

const { spec } = language(schema({ n: int(0, 9) }))

function run(root: Procedure): Scenario {
  const subject = spec({ name: 's', title: '', properties: [] })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', run: [process('p', root)({} as never)], expect }) as unknown as Scenario
}

function fault(root: Procedure): Extract<Verdict, { kind: 'specError' }> {
  const { verdict } = explore(run(root))
  if (verdict.kind !== 'specError') throw new Error(verdict.kind)
  return verdict
}

const leaf = makeProcedure('leaf', { args: { n: int(0, 3) } }, { begin: () => ret(1) })
const going = (outcome: unknown, calls: readonly Procedure[] = []): Procedure =>
  makeProcedure('root', { calls, locals: { x: int(0, 3) } }, { begin: () => outcome, end: () => ret() })

test.each<[string, Procedure, string]>([
  ['an unknown label', going('nowhere'), "root has no step 'nowhere'; its steps are begin, end"],
  ['an unknown label after a sleep', going(sleep('nowhere')), "root has no step 'nowhere'"],
  ['an unknown label to come back to', going(call(leaf, { n: 1 }, 'nowhere'), [leaf]), "root has no step 'nowhere'"],
  ['a call that is not listed', going(call(leaf, { n: 1 }, 'end')), "root calls leaf, which its 'calls' does not list"],
  ['a local that does not exist', going(call(leaf, { n: 1 }, 'end', 'y'), [leaf]), "root has no local 'y'; its locals are x"],
  ['nothing at all', going(undefined), 'the step answered undefined; expected a label, sleep(), call(), ret(), tail() or blocked'],
  ['a number', going(1), 'the step answered 1; expected a label'],
])('a step that answers %s is a spec error', (_, root, message) => {
  const { fault: kind, step, message: said } = fault(root)
  expect({ kind, step }).toEqual({ kind: 'label', step: 'root.begin' })
  expect(said).toContain(message)
})

test('an argument out of range is named by its process', () => {
  expect(fault(going(call(leaf, { n: 7 }, 'end'), [leaf])).message).toBe('CPU0 p.n was given 7 (number); expected an integer from 0 to 3')
})

interface Shown {
  readonly self: number
  readonly x: number
  readonly y: number
}

test('the value of a tail call goes to the local of the caller before it', () => {
  const last = makeProcedure(
    'last',
    { args: { n: int(0, 9) }, returns: int(0, 9) },
    { begin: (_: object, me: object) => ret((me as { n: number }).n) },
  )
  const middle = makeProcedure('middle', { calls: [last], returns: int(0, 9) }, { begin: () => tail(last, { n: 7 } as never) })
  const seen: unknown[] = []
  const root = makeProcedure(
    'root',
    { calls: [middle], locals: { x: int(0, 9), y: int(0, 9) } },
    {
      begin: () => call(middle, {}, 'end', 'y'),
      end: (_: object, me: object) => ret(seen.push((me as Shown).self, (me as Shown).x, (me as Shown).y)),
    },
  )
  expect(explore(run(root)).verdict).toEqual({ kind: 'holds' })
  expect(seen.slice(-3)).toEqual([1, 0, 7])
})

test('the stack lists what is active, outermost first, and is empty at the end', () => {
  const middle = makeProcedure('middle', { calls: [leaf] }, { begin: () => call(leaf, { n: 2 }, 'end'), end: () => ret() })
  const system = new System(run(going(call(middle, {}, 'end'), [middle])))
  const stacks: string[][] = []
  system.initial(() => {})
  system.current.set(system.w)
  for (let stopped = false; !stopped; ) {
    stopped = true
    system.restore()
    stacks.push(system.processes.flatMap((p) => p.stack().map((q) => q.name)))
    let next: Int32Array | undefined
    system.expand({
      successor: () => {
        next = system.w.slice()
        stopped = false
      },
      failure(error) {
        throw error
      },
    })
    if (next !== undefined) system.current.set(next)
  }
  expect(stacks).toEqual([['root'], ['root', 'middle'], ['root', 'middle', 'leaf'], ['root', 'middle'], ['root'], []])
})
