import { expect, test } from 'vitest'
import { Search } from '../explore/search.js'
import { bool, call, language, process, ret, scenario, schema, tail } from '../index.js'
import { System } from '../machine/system.js'
import { Ample } from './ample.js'

const { procedure, spec } = language(schema({ x: bool, y: bool }), { protections: [] })

const touch = procedure(
  'touch',
  {},
  {
    touch(s) {
      s.x = !s.x
      return ret()
    },
  },
)
/** Its call is its last. */
const touchLast = procedure(
  'touchLast',
  { calls: [touch] },
  {
    tail() {
      return tail(touch, {})
    },
  },
)
/** Calls the same twice, once through another. */
const twice = procedure(
  'twice',
  { calls: [touch, touchLast] },
  {
    first() {
      return call(touch, {}, 'between')
    },
    between(s) {
      s.y = true
      return call(touchLast, {}, 'last')
    },
    last() {
      return ret()
    },
  },
)

/** What lies ahead of each place of the one process, by the labels of its steps; once its whole graph was looked at. */
function aheadOf(label: string): string[][] {
  const all = spec({ name: 'twice', title: 'Twice', properties: [] })
  const parts = {
    name: 'twice',
    title: 'Twice',
    run: [process('twice', twice)({})],
    expect: { verdict: 'holds' as const, distinct: 6, generated: 6, depth: 6 },
  }
  const system = new System(scenario(all, parts))
  const ample = new Ample(system)
  const search = new Search(system, {}, ample).run()
  while (search.next().done !== true);
  const [places] = ample.footprints.places
  const labels = system.processes[0]?.steps.map((step) => step?.label ?? 'returned') ?? []
  if (places === undefined) return []
  return Array.from({ length: places.count }, (_, place) => place)
    .filter((place) => labels[places.pcOf(place)] === label)
    .map((place) => places.pcsAhead(place).map((pc) => labels[pc] ?? ''))
}

test('what follows a call is what follows it there', () => {
  expect(aheadOf('touch').map((ahead) => ahead.includes('between'))).toEqual([true, false])
})

test('a call in the place of a return goes on where its caller does', () => {
  expect(aheadOf('tail')).toEqual([['tail', 'touch', 'last', 'returned']])
})
