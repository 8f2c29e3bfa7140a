/** A long walk, whose steps are slow once it has gone wrong: to find its counterexample takes minutes. */
import { int, language, scenario, schema } from '../../../dist/checker/index.js'

const STEPS = 2000
const SLOW_MS = 100

const { action, invariant, spec } = language(schema({ place: int(0, STEPS) }))
let isFound = false
const walk = action('walk', {
  guard: (s) => s.place < STEPS,
  effect(s) {
    if (isFound) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_MS)
    s.place += 1
  },
})
const never = invariant('NeverThere', 'The walk does not end.', (s) => {
  if (s.place === STEPS && !isFound) {
    isFound = true
    process.stderr.write('a violation was found\n')
  }
  return s.place < STEPS
})
const long = spec({ name: 'walk', title: 'A long walk', actions: [walk], properties: [never] })

export const scenarios = [
  scenario(long, {
    name: 'walk',
    title: 'A long walk',
    expect: { verdict: 'violated', property: 'NeverThere', distinct: STEPS + 1, generated: STEPS + 1, depth: STEPS + 1 },
  }),
]
