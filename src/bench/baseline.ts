/** What was measured before, to compare with: a file of figures, each with the commit that they were taken at, all of one machine. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { writeWhole } from '../output-file.js'

const figuresShape = v.object({
  scenario: v.string(),
  workers: v.number(),
  /** Generated. */
  statesPerSecond: v.number(),
  /** By which the resident set grew, for each distinct state. */
  bytesPerState: v.number(),
  commit: v.string(),
})
const baselineShape = v.object({ machine: v.string(), figures: v.array(figuresShape) })

export type BenchFigures = v.InferOutput<typeof figuresShape>
type Key = Pick<BenchFigures, 'scenario' | 'workers'>
export type Baseline = v.InferOutput<typeof baselineShape>

/** @throws where there is no such file, or it is something else */
export function readBaseline(file: string): Baseline {
  return v.parse(baselineShape, JSON.parse(readFileSync(file, 'utf8')))
}

export function writeBaseline(file: string, { machine, figures }: Baseline): void {
  writeWhole(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`)
}

/** The baseline with these figures in place of older ones of the same; of another machine nothing is kept. */
export function updated(old: Baseline, machine: string, figures: readonly BenchFigures[]): Baseline {
  const kept = old.machine === machine ? old.figures.filter((f) => !figures.some((g) => isSame(f, g))) : []
  return { machine, figures: [...kept, ...figures] }
}

export function inBaseline({ figures }: Baseline, wanted: Key): BenchFigures | undefined {
  return figures.find((f) => isSame(f, wanted))
}

function isSame(a: Key, b: Key): boolean {
  return a.scenario === b.scenario && a.workers === b.workers
}
