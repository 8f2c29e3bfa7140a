import { expect, it } from 'vitest'
import { pairs } from './pairs.js'
import { scenarios } from './scenarios.js'

it.each(Object.keys(pairs))('%s is run in each of the three designs', (name) => {
  const names = scenarios.map((s) => s.name)
  expect(names).toEqual(expect.arrayContaining(['one-tree', 'two-trees', 'count-in-page'].map((design) => `${name}-${design}`)))
})
