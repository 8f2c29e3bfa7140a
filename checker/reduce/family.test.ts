import { expect, test } from 'vitest'
import { configure } from '../machine/configuration.js'
import { language } from '../machine/language.js'
import { ret } from '../machine/outcome.js'
import { type Process, process, Thread } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { domain } from '../schema/domain.js'
import { array, bool, schema } from '../schema/field.js'
import { Families } from './family.js'

const Slot = domain('slot', 3, { symmetric: true })
const Fixed = domain('fixed', 3)
const words = language(schema({ used: array(Slot, bool), on: array(Fixed, bool) }))
const read = words.procedure('read', {}, { begin: () => ret() })
const write = words.procedure('write', {}, { begin: () => ret() })
const [reader, writer] = [process('reader', read, { symmetric: true }), process('writer', write, { symmetric: true })]

function familiesOf(run: readonly Process[], bounds: Scenario['bounds'] = {}): Families {
  const subject = words.spec({ name: 's', title: '', properties: [] })
  const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return new Families(configure(scenario(subject, { name: 'x', title: '', run, bounds, expect: expectation }) as unknown as Scenario))
}

const shown = ({ all }: Families) => all.map(({ name, of, ids, first }) => [name, of, ids, first])

test('symmetric processes of one name and procedure, then symmetric domains as they are met', () => {
  const families = familiesOf([reader({}), writer({}), reader({}), writer({}), reader({})])
  expect(families.of(Slot)).toHaveLength(1)
  expect(families.of(Fixed)).toEqual([])
  expect(shown(families)).toEqual([
    ['reader', 'processes', [1, 3, 5], 0],
    ['writer', 'processes', [2, 4], 3],
    ['slot', 'domain', [1, 2, 3], 5],
  ])
  expect(families.idOf).toEqual([1, 3, 5, 2, 4, 1, 2, 3])
  expect(Array.from(families.pointsOf(Thread))).toEqual([-1, 0, 3, 1, 4, 2])
  expect(Array.from(families.pointsOf(Slot))).toEqual([-1, 5, 6, 7])
  expect(Array.from(families.pointsOf(Fixed))).toEqual([-1, -1, -1, -1])
})

test('the same name with another procedure, or without the declaration, is another kind', () => {
  const others = [process('reader', write, { symmetric: true }), process('reader', read)]
  expect(shown(familiesOf([reader({}), ...others.map((kind) => kind({}))]))).toEqual([])
  expect(shown(familiesOf([reader({}), ...others.map((kind) => kind({})), reader({})]))).toEqual([['reader', 'processes', [1, 4], 0]])
})

test('one element is no family', () => {
  const families = familiesOf([reader({})], { slot: 1 })
  expect(families.of(Slot)).toEqual([])
  expect(families.of(Thread)).toEqual([])
})
