/**
 * What the frames of processes hold of the elements of families. Frames overlay each other, so what a run of bits means depends on which
 * calls are active: these are found from the program counter, as when a process returns.
 */
import type { Configuration } from '../machine/configuration.js'
import type { FrameLayout, ProcessLayout } from '../machine/frames.js'
import { Thread } from '../machine/process.js'
import type { Field } from '../schema/field.js'
import type { Place } from '../schema/layout.js'
import type { Families } from './family.js'
import { domainOf, maskOf } from './occurrence.js'
import { masked, type Source } from './source.js'

/** One reference, or one bit of a set. Places are relative to the start of the process. */
export interface Holding {
  readonly word: number
  readonly shift: number
  readonly mask: number
  /** Of a reference: the point that each value names, -1 for none. */
  readonly points: Int32Array | undefined
  /** Of a bit: the point whose membership it tells; -1 of a reference. */
  readonly member: number
  /** The number of that point in its domain. */
  readonly id: number
  /** Another number for each field of each frame; all bits of one set for one family share theirs. */
  readonly field: number
}

/** One frame of a process. */
export interface HoldingFrame {
  readonly holdings: readonly Holding[]
  /** Where the caller's program counter is; none in the outermost frame. */
  readonly caller: Place | undefined
}

/** A process that may hold elements of families. */
export interface HoldingProcess {
  /** Its point; -1 where it is in no family. */
  readonly point: number
  readonly word: number
  readonly shift: number
  readonly pcMask: number
  /** The innermost active frame, by program counter; none at 0. */
  readonly frameAt: readonly (HoldingFrame | undefined)[]
}

/** In the order of the scenario's processes; undefined for those that can hold nothing. */
export function holdingProcesses(configuration: Configuration, families: Families): (HoldingProcess | undefined)[] {
  const pointOf = families.pointsOf(Thread)
  const tables = new Map<ProcessLayout, HoldingProcess['frameAt'] | undefined>()
  let fields = 0
  return configuration.processes.map(({ layout, place }, i) => {
    if (!tables.has(layout)) {
      const table = frameTable(layout, families, () => fields++)
      tables.set(layout, table.some((frame) => (frame?.holdings.length ?? 0) > 0) ? table : undefined)
    }
    const frameAt = tables.get(layout)
    return frameAt && { point: pointOf[i + 1] ?? -1, ...place, pcMask: maskOf(layout.pcBits), frameAt }
  })
}

function frameTable({ sites, frames }: ProcessLayout, families: Families, nextField: () => number): HoldingProcess['frameAt'] {
  const made = new Map([...frames].map(([procedure, frame]) => [procedure, frameOf(frame, families, nextField)]))
  return sites.map((site) => site && made.get(site.procedure))
}

function frameOf({ procedure, record, caller }: FrameLayout, families: Families, nextField: () => number): HoldingFrame {
  const fields: Readonly<Record<string, Field>> = { ...procedure.args, ...procedure.locals }
  const holdings = record.members.flatMap(({ name, node, place }): Holding[] => {
    const field = fields[name]
    if (field === undefined) return []
    if (field.kind === 'set') {
      return families.of(field.domain).flatMap((family) => {
        const number = nextField()
        return family.ids.map((id, i) => ({
          word: place.word,
          shift: place.shift + id - 1,
          mask: 1,
          points: undefined,
          member: family.first + i,
          id,
          field: number,
        }))
      })
    }
    const domain = domainOf(field)
    if (domain === undefined || node.kind !== 'scalar' || families.of(domain).length === 0) return []
    return [{ ...place, mask: maskOf(node.codec.bits), points: families.pointsOf(domain), member: -1, id: 0, field: nextField() }]
  })
  return { holdings, caller: caller?.pc }
}

/**
 * Source that walks over the active frames of the process that starts at word `o` and shift `h` of the state `w`, innermost first.
 *
 * @param act what to do about one holding, whose bits are given as an expression
 */
export function walkSource(
  source: Source,
  { frameAt, pcMask }: Pick<HoldingProcess, 'frameAt' | 'pcMask'>,
  act: (held: Holding, bits: string) => string,
): string {
  const read = (at: Place, mask: number): string => masked(`w[o + ${at.word}]`, `(h + ${at.shift})`, mask)
  const frames = [...new Set(frameAt.flatMap((frame) => frame ?? []))]
  const numbers = source.constant(Int32Array.from(frameAt, (frame) => (frame === undefined ? -1 : frames.indexOf(frame))))
  const cases = frames.map(({ holdings, caller }, f) => {
    const acts = holdings.map((held) => `{ ${act(held, read(held, held.mask))} }`)
    return `case ${f}: ${acts.join(' ')} f = ${caller === undefined ? -1 : `${numbers}[${read(caller, pcMask)}]`}; break;`
  })
  return `for (let f = ${numbers}[${read({ word: 0, shift: 0 }, pcMask)}]; f >= 0; ) switch (f) { ${cases.join('\n')} }`
}
