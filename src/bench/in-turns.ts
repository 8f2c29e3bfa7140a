/** Measuring programs against each other on a machine that is not equally fast all the time. */
import { performance } from 'node:perf_hooks'

/** Wall seconds of each program in each round: A B C A B C …, so that all of them see the same weather. */
export function inTurns(programs: readonly (() => void)[], rounds: number, now: () => number = () => performance.now()): number[][] {
  const seconds = programs.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    programs.forEach((run, i) => {
      const start = now()
      run()
      seconds[i]?.push((now() - start) / 1000)
    })
  }
  return seconds
}

/** Of an odd number of values; of an even number, the greater of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
