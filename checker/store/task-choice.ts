/**
 * Which tasks of a depth an explorer takes next. Tasks that are next to each other by the words of their states have successors in common, which one who
 * takes both sends once: so it goes on behind its last, and where others are there, it begins in the middle of what is left.
 */
import type { Task } from './shard.js'

export interface Sized extends Task {
  /** How many states it has. */
  readonly states: number
  /** Where in its shard it begins, and where its middle is, by the words of its states: from 0 to 1. */
  readonly from: number
  readonly at: number
}

/** So many tasks are taken at once, but no more than this part of those that nobody is at; and more where they are few states together. */
const MOST = 4
const PART = 1 / 8

/**
 * @param all the tasks of a depth, sorted by where they are
 * @param free those of them that nobody is at, and that are left to do: one at least
 * @param place the middle of the last task that was taken, or where this explorer would begin
 * @param statesOfTask how many states one has, the last one of a shard aside
 * @returns one task at least
 */
export function chosen(all: readonly Sized[], free: ReadonlySet<Sized>, place: number, statesOfTask: number): readonly Sized[] {
  const behind = all.findIndex(({ at }) => at > place)
  const next = all[behind]
  const first = next !== undefined && free.has(next) ? behind : middleOf(all, free)
  const most = Math.min(MOST, free.size * PART)
  const some: Sized[] = []
  let states = 0
  for (let i = first; i < all.length; i++) {
    const task = all[i]
    if (task === undefined || !free.has(task)) break
    states += task.states
    if (some.length > 0 && some.length + 1 > most && states > statesOfTask) break
    some.push(task)
  }
  return some
}

/** The index of the task in the middle of the longest run of free ones; the first of a run of two. */
function middleOf(all: readonly Sized[], free: ReadonlySet<Sized>): number {
  let [longest, end, length] = [0, 0, 0]
  for (const [i, task] of all.entries()) {
    length = free.has(task) ? length + 1 : 0
    if (length > longest) [longest, end] = [length, i + 1]
  }
  return end - longest + Math.floor((longest - 1) / 2)
}
