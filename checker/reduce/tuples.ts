/** The tuples of elements that index an occurrence, in the order in which it lists their places. */
import type { Occurrence } from './occurrence.js'

export interface Tuples {
  readonly count: number
  /** How many elements each has. */
  readonly width: number
  /** Their points, one tuple after another. */
  readonly points: Int32Array
  /** For each index, the first point of its family, and how many tuples lie between one element of it and the next. */
  readonly firsts: readonly number[]
  readonly strides: readonly number[]
}

export function tuplesOf({ indices, words }: Occurrence): Tuples {
  const firsts = indices.map((f) => f.first)
  const strides = indices.map((_, j) => indices.slice(j + 1).reduce((product, f) => product * f.ids.length, 1))
  const points = Array.from(words).flatMap((_, tuple) =>
    indices.map((f, j) => f.first + (Math.floor(tuple / (strides[j] ?? 1)) % f.ids.length)),
  )
  return { count: words.length, width: indices.length, points: Int32Array.from(points), firsts, strides }
}
