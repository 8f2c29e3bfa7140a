import fc from 'fast-check'
import { expect, test } from 'vitest'
import { domain } from '../schema/domain.js'
import { Choices, choose, setRunning } from './choice.js'

/** What every run of a step picks. */
function runs(step: (choices: Choices) => readonly number[]): (readonly number[])[] {
  const choices = new Choices()
  choices.reset()
  const all = []
  do all.push(step(choices))
  while (choices.next())
  return all
}

test('runs go through the product of all choices, the last turning fastest', () => {
  expect(runs((c) => [c.pick(2), c.pick(3)])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ])
})

test('any product is enumerated once and in order', () => {
  const property = fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), (arities) => {
    const product = arities.reduce<number[][]>((all, n) => all.flatMap((head) => Array.from({ length: n }, (_, i) => [...head, i])), [[]])
    expect(runs((c) => arities.map((n) => c.pick(n)))).toEqual(product)
  })
  fc.assert(property, { seed: 5 })
})

test('a choice may depend on the one before it', () => {
  expect(runs((c) => (c.pick(3) === 1 ? [1, c.pick(2)] : []))).toEqual([[], [1, 0], [1, 1], []])
})

test('picks are what the run picked, and a rewound run picks the same', () => {
  const seen: number[][] = []
  runs((c) => {
    const first = [c.pick(2), ...(c.pick(2) === 0 ? [c.pick(2)] : [])]
    seen.push(c.picks)
    c.rewind()
    expect([c.pick(2), ...(c.pick(2) === 0 ? [c.pick(2)] : [])]).toEqual(first)
    return first
  })
  expect(seen).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 1],
    [1, 0, 0],
    [1, 0, 1],
    [1, 1],
  ])
})

test('a step that offers another number of possibilities when it runs again is impure', () => {
  const choices = new Choices()
  choices.reset()
  choices.pick(3)
  choices.rewind()
  expect(() => choices.pick(2)).toThrow('choose was given 2 possibilities, and 3 in an earlier run of the same step')
})

test('after its run, a step has no more choices', () => {
  const choices = new Choices()
  expect(() => choices.pick(1)).toThrow('choose was called outside a step')
  choices.reset()
  choices.pick(1)
  choices.close()
  expect(() => choices.pick(1)).toThrow('choose was called outside a step')
})

const Slot = domain('slot', 2)

function chosen<T>(run: () => T): T[] {
  const choices = new Choices()
  setRunning({ choices, sizeOf: (d) => d.size + 1 })
  choices.reset()
  const all = []
  do all.push(run())
  while (choices.next())
  return all
}

test('choose answers elements of a domain as large as the configuration says, of a list, or numbers from 0', () => {
  expect(chosen(() => choose(Slot))).toEqual([1, 2, 3])
  expect(chosen(() => choose(['a', 'b']))).toEqual(['a', 'b'])
  expect(chosen(() => choose(2))).toEqual([0, 1])
})

test('choose refuses to choose from nothing', () => {
  expect(() => chosen(() => choose([]))).toThrow('choose was given nothing to choose from (an empty list)')
  expect(() => chosen(() => choose(0))).toThrow('choose was given nothing to choose from (0)')
})
