/** Every permutation of the elements of some families, one after another: for tests that try them all. */
import type { Family } from '../reduce/family.js'
import type { Renaming } from './renamed-state.js'

/** For each point, the one that takes its place. */
export function everyPermutation(families: readonly Family[]): Int32Array[] {
  const images = families.reduce<number[][]>(
    (done, { first, ids }) => {
      const orders = ordersOf(ids.map((_, i) => first + i))
      return done.flatMap((image) => orders.map((order) => [...image, ...order]))
    },
    [[]],
  )
  return images.map((image) => Int32Array.from(image))
}

/** The same permutation as a renaming of the elements of domains. */
export function renamingOf(families: readonly Family[], image: Int32Array): Renaming {
  return (domain, id) => {
    const family = families.find((f) => f.domain === domain && f.ids.includes(id))
    if (family === undefined) return id
    const to = (image[family.first + family.ids.indexOf(id)] as number) - family.first
    return family.ids[to] as number
  }
}

function ordersOf(points: readonly number[]): number[][] {
  if (points.length === 0) return [[]]
  return points.flatMap((p) => ordersOf(points.filter((q) => q !== p)).map((order) => [p, ...order]))
}
