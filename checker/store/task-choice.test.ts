import { expect, test } from 'vitest'
import { chosen } from './task-choice.js'

/** Tasks of a shard, of ten states each. */
const tasks = (count: number) =>
  Array.from({ length: count }, (_, part) => ({ depth: 5, shard: 0, part, states: 10, from: part / count, at: (part + 0.5) / count }))
/** Of 40 tasks, those that one takes at once of which these are taken. */
const of40 = (taken: (part: number) => boolean, place: number) => {
  const all = tasks(40)
  return chosen(all, new Set(all.filter(({ part }) => !taken(part))), place, 10).map(({ part }) => part)
}

test('one who is alone begins where it would, and goes on behind its last', () => {
  expect(of40(() => false, 0)).toEqual([0, 1, 2, 3])
  expect(of40((part) => part < 4, 3.5 / 40)).toEqual([4, 5, 6, 7])
})

test('where others are at the next one, it is the middle of the longest run that is left', () => {
  expect(of40((part) => part < 4, 0)).toEqual([21, 22, 23, 24])
  expect(of40((part) => part < 10 || part === 20, 19.5 / 40)).toEqual([30, 31, 32])
})

test('at the end it is that, too, and no more than an eighth of what is left', () => {
  expect(of40((part) => part >= 16, 39.5 / 40)).toEqual([7, 8])
  expect(of40((part) => part !== 3, 39.5 / 40)).toEqual([3])
})

test('it ends where others are', () => {
  expect(of40((part) => part === 2, 0)).toEqual([0, 1])
})

test('small tasks are taken together, up to the states of one', () => {
  const small = tasks(6).map((task) => ({ ...task, states: 3 }))
  expect(chosen(small, new Set(small), 0, 10).map(({ part }) => part)).toEqual([0, 1, 2])
})
