import { expect, it } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { eachMachine } from './each-machine.js'

const named = (id: string) => scenarios.filter((s) => s.id === id)

it('leaves out the pair that is there already', () => {
  const pair = [...named('swap-desc/fault-vs-fault'), ...named('swap-desc/pte-same+fixed'), ...named('swap-desc/pte-same+broken')]
  expect(eachMachine(pair).map((s) => s.name)).toEqual(['fault-vs-fault', 'pte-same+broken'])
})

it('keeps what differs in a bound, a process or its initial states', () => {
  const different = [
    ...named('page/pages-2'),
    ...named('page/pages-3'),
    ...named('swap-desc/fault-vs-zap'),
    ...named('swap-desc/fault-vs-fork'),
  ]
  expect(eachMachine(different)).toEqual(different)
})
