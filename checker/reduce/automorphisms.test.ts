import { expect, test } from 'vitest'
import { Automorphisms } from './automorphisms.js'

const points = (...list: number[]) => Int32Array.from(list)

/** The orbits of six points under those that leave the first `count` of `fixed` where they are. */
function orbits(automorphisms: Automorphisms, fixed: readonly number[], count: number, from = points(0, 1, 2, 3, 4, 5)): number[] {
  automorphisms.join(fixed, count, from)
  return [...from]
}

test('what is mapped to each other is joined, by those alone that leave the fixed points', () => {
  const automorphisms = new Automorphisms()
  automorphisms.add(points(0, 1, 2, 3, 4, 5), points(1, 2, 0, 3, 4, 5))
  automorphisms.add(points(5, 4, 3, 2, 1, 0), points(5, 3, 4, 2, 1, 0))
  expect(orbits(automorphisms, [5], 0)).toEqual([0, 0, 0, 3, 3, 5])
  expect(orbits(automorphisms, [5], 1)).toEqual([0, 0, 0, 3, 3, 5])
  expect(orbits(automorphisms, [5, 1], 2)).toEqual([0, 1, 2, 3, 3, 5])
  expect(orbits(automorphisms, [1, 3], 2)).toEqual([0, 1, 2, 3, 4, 5])
  expect(orbits(automorphisms, [1, 3], 1)).toEqual([0, 1, 2, 3, 3, 5])
})

test('what was joined before stays so, and nothing is left after clear', () => {
  const automorphisms = new Automorphisms()
  automorphisms.add(points(0, 1, 2, 3, 4, 5), points(3, 1, 2, 0, 4, 5))
  expect(orbits(automorphisms, [], 0, points(0, 1, 2, 3, 3, 1))).toEqual([0, 1, 2, 0, 0, 1])
  automorphisms.clear()
  expect(orbits(automorphisms, [], 0)).toEqual([0, 1, 2, 3, 4, 5])
})
