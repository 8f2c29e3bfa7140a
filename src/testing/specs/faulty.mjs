/** Specs that are wrong, each in its own way. */
import { int, language, scenario, schema } from '../../../dist/checker/index.js'

const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 }

const faulty = (name, field, effect, more = {}) => {
  const state = schema({ counter: field })
  const { action, spec } = language(state)
  const tick = action('tick', { guard: () => true, effect })
  return scenario(spec({ name: 'faulty', title: name, actions: [tick], properties: [], ...more }), { name, title: name, expect })
}

export const scenarios = [
  faulty('throws', int(0, 3), (s) => {
    if (s.counter === 2) throw new Error('counter is 2')
    s.counter += 1
  }),
  faulty('leaves-range', int(0, 3), (s) => {
    s.counter += 2
  }),
  faulty('no-values', int(3, 0), () => {}),
  faulty('init-throws', int(0, 3), () => {}, {
    init() {
      throw new Error('no first state')
    },
  }),
]
