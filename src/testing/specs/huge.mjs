/** More states than any test waits for. */
import { array, domain, int, language, scenario, schema } from '../../../dist/checker/index.js'

const Wheel = domain('wheel', 6)
const state = schema({ wheels: array(Wheel, int(0, 99)) })
const { action, spec } = language(state)
const turn = action('turn', {
  params: { wheel: Wheel },
  guard: () => true,
  effect(s, { wheel }) {
    s.wheels[wheel] = (s.wheels[wheel] + 1) % 100
  },
})
const odometer = spec({ name: 'odometer', title: 'Six wheels', actions: [turn], properties: [] })

const expect = { verdict: 'holds', distinct: 1e12, generated: 6e12 + 1, depth: 595 }

export const scenarios = [
  scenario(odometer, { name: 'odometer', title: 'A million million states', expect }),
  scenario(odometer, {
    name: 'announced',
    title: 'The same, and it says when the search begins',
    init() {
      process.stderr.write('begun\n')
    },
    expect,
  }),
  scenario(odometer, { name: 'another', title: 'The same again', expect }),
]
