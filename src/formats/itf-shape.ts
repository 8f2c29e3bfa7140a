/** The shape of the files that `itf.ts` writes and reads, values of variables aside. */
import * as v from 'valibot'
import { ItfError } from './itf-value.js'

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

const stateMeta = v.looseObject({
  index: v.optional(natural),
  /** Index of the process that took the step; absent for an action, and in the first state. */
  process: v.optional(natural),
  step: v.optional(v.string()),
  args: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  picks: v.optional(v.array(natural)),
  failed: v.optional(v.boolean()),
})
export type StateMeta = v.InferOutput<typeof stateMeta>

const provenance = v.looseObject({
  tool: v.literal('swapcheck'),
  version: v.string(),
  spec: v.string(),
  scenario: v.string(),
  verdict: v.picklist(['violated', 'deadlock', 'specError']),
  property: v.optional(v.string()),
  sentence: v.optional(v.string()),
  message: v.optional(v.string()),
  command: v.string(),
  story: v.optional(v.string()),
})

export const itfShape = v.looseObject({
  '#meta': provenance,
  vars: v.array(v.string()),
  loop: v.optional(natural),
  states: v.pipe(v.array(v.looseObject({ '#meta': stateMeta })), v.minLength(1)),
})

export const processesShape = v.array(
  v.strictObject({
    name: v.string(),
    at: v.string(),
    frames: v.array(v.strictObject({ procedure: v.string(), locals: v.looseObject({}) })),
  }),
)

/**
 * @param path names the place in messages; '' for the whole file
 * @throws ItfError for the first thing that is wrong
 */
export function parseShape<S extends v.GenericSchema>(shape: S, json: unknown, path: string): v.InferOutput<S> {
  const parsed = v.safeParse(shape, json)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const at = [path, v.getDotPath(issue)].filter(Boolean).join('.') || 'the file'
  if (issue.received === 'undefined') throw new ItfError(`${at}: is missing`)
  throw new ItfError(`${at}: expected ${issue.expected ?? 'something else'}, came ${issue.received}`)
}
