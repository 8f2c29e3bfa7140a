import { expect, test } from 'vitest'
import { SpecFault } from '../fault.js'
import { domain } from '../schema/domain.js'
import { array, bool, int, record, ref, schema, set } from '../schema/field.js'
import { configure } from './configuration.js'
import { language } from './language.js'
import { ret } from './outcome.js'
import { makeProcedure } from './procedure.js'
import { process, Thread } from './process.js'
import { type Scenario, type ScenarioParts, scenario } from './scenario.js'

const Slot = domain('slot', 3)
const { invariant, spec } = language(schema({ free: set(Slot), owner: ref(Thread) }), { protections: ['pin', 'lock'] })
const subject = spec({ name: 's', title: '', properties: [invariant('Safe', 'It is safe.', () => true)] })

function of(parts: Partial<ScenarioParts<object>>): Scenario {
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', expect, ...parts } as never) as unknown as Scenario
}

const walk = (fields: object = {}) => process('walker', makeProcedure('walk', fields, { begin: () => ret() }))({} as never)

test('a domain is as large as it was declared, unless the bounds say otherwise; threads are as many as run', () => {
  const { sizeOf } = configure(of({ bounds: { slot: 5 }, run: [walk(), walk()] }))
  expect([sizeOf(Slot), sizeOf(Thread)]).toEqual([5, 2])
  expect(configure(of({})).sizeOf(Slot)).toBe(3)
  expect(configure(of({})).sizeOf(Thread)).toBe(1)
})

test('small variables and small processes share words', () => {
  expect(configure(of({ run: [walk(), walk()] })).words).toBe(1)
  const wide = int(0, 2 ** 31 - 1)
  expect(configure(of({ run: [walk({ locals: { wide } })] })).words).toBe(2)
  expect(configure(of({ run: [walk({ locals: { wide, x: bool } })] })).words).toBe(3)
})

test('processes are named by their number', () => {
  expect(configure(of({ run: [walk(), walk()] })).processes.map((p) => p.name)).toEqual(['CPU0 walker', 'CPU1 walker'])
})

test.each<[string, Partial<ScenarioParts<object>>, string]>([
  ['an unknown domain', { bounds: { slots: 2 } }, "unknown domain 'slots'; this spec has slot"],
  ['the number of threads', { bounds: { thread: 2 } }, "unknown domain 'thread'; this spec has slot"],
  [
    'an empty domain',
    { bounds: { slot: 0 } },
    "domain 'slot' has size 0; expected a whole number from 1 to 65535 (a domain is empty only where it is declared so)",
  ],
  ['half an element', { bounds: { slot: 1.5 } }, "domain 'slot' has size 1.5"],
  ['too many elements', { bounds: { slot: 65_536 } }, "domain 'slot' has size 65536"],
  ['an unknown protection', { without: ['pin', 'bolt'] }, "unknown protection 'bolt'; this spec has pin, lock"],
  ['an unknown property to skip', { skip: ['Sane'] }, "unknown property 'Sane'; this spec has Safe"],
  ['two domains of one name', { run: [walk({ args: { other: domain('slot', 3) } })] }, "two domains are called 'slot'"],
])('%s is refused', (_, parts, message) => {
  expect(() => configure(of(parts))).toThrow(message)
  expect(() => configure(of(parts))).toThrow(SpecFault)
})

test('a domain that is declared empty takes no room, unless the bounds give it elements', () => {
  const Few = domain('few', 0)
  const { spec: few } = language(schema({ map: array(Few, record({ next: ref(Few), used: bool })), members: set(Few), last: ref(Few) }))
  const expect_ = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const configured = (bounds: Readonly<Record<string, number>>) =>
    configure(
      scenario(few({ name: 'few', title: '', properties: [] }), { name: 'x', title: '', bounds, expect: expect_ }) as unknown as Scenario,
    )
  expect([configured({}).words, configured({ few: 0 }).words, configured({ few: 31 }).words]).toEqual([1, 1, 9])
})
