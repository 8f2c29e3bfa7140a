/**
 * Where a process keeps its program counter and the frames of its calls. Calls do not recurse, so each procedure's frame has one place:
 * after the longest of its possible callers'. Frames of calls that cannot be active together overlay each other.
 */
import { SpecFault } from '../fault.js'
import { bitsFor, codecOf } from '../schema/codec.js'
import { checkedName, type Extent, type Member, type Place, packFrom, type RecordNode, type SizeOf } from '../schema/layout.js'
import type { Procedure } from './procedure.js'

/** One step of a process of some kind. */
export interface StepSite {
  /** 1 and up; 0 stands for a process that has returned. */
  readonly pc: number
  readonly procedure: Procedure
  readonly label: string
}

/** The layout of one kind of process: everything relative to where the process starts. */
export interface ProcessLayout {
  readonly root: Procedure
  /** Indexed by pc; nothing at 0. */
  readonly sites: readonly (StepSite | undefined)[]
  readonly pcBits: number
  readonly frames: ReadonlyMap<Procedure, FrameLayout>
  readonly extent: Extent
}

export interface FrameLayout {
  readonly procedure: Procedure
  /** Arguments and locals. */
  readonly record: RecordNode
  /** Where the caller's pc, and the number of the caller's local that takes the value (0 for none), are kept; absent in the root. */
  readonly caller: { readonly pc: Place; readonly into: Place; readonly intoBits: number } | undefined
}

/** @throws SpecFault on recursion, and on an argument or local whose range is wrong */
export function layoutProcess(root: Procedure, sizeOf: SizeOf): ProcessLayout {
  const order = callersFirst(root)
  const sites: (StepSite | undefined)[] = [undefined]
  for (const procedure of order) {
    for (const label of procedure.steps.keys()) sites.push({ pc: sites.length, procedure, label })
  }
  const pcBits = bitsFor(sites.length - 1)
  const intoBits = bitsFor(Math.max(...order.map((p) => Object.keys(p.locals).length)))
  const { starts, end } = placeFrames(root, order, pcBits, intoBits, sizeOf)
  const extent: Extent = end.word === 0 ? { bits: Math.max(end.shift, pcBits) } : { words: end.word + (end.shift > 0 ? 1 : 0) }
  const frames = new Map(
    order.map((p) => [p, frameLayout(p, p === root, starts.get(p) ?? { word: 0, shift: 0 }, pcBits, intoBits, sizeOf, extent)]),
  )
  return { root, sites, pcBits, frames, extent }
}

/** Gives each procedure the furthest end of its callers' frames as its start. */
function placeFrames(root: Procedure, order: readonly Procedure[], pcBits: number, intoBits: number, sizeOf: SizeOf) {
  const starts = new Map<Procedure, Place>([[root, { word: 0, shift: pcBits }]])
  let furthest: Place = { word: 0, shift: pcBits }
  for (const procedure of order) {
    const start = starts.get(procedure) ?? furthest
    const { end } = packFrom(start, frameExtents(procedure, procedure === root, pcBits, intoBits, sizeOf))
    furthest = further(furthest, end)
    for (const callee of procedure.calls) starts.set(callee, further(starts.get(callee) ?? end, end))
  }
  return { starts, end: furthest }
}

function further(a: Place, b: Place): Place {
  return b.word > a.word || (b.word === a.word && b.shift > a.shift) ? b : a
}

function frameExtents(p: Procedure, isRoot: boolean, pcBits: number, intoBits: number, sizeOf: SizeOf) {
  const hidden = isRoot ? [] : [{ bits: pcBits }, { bits: intoBits }]
  return [...hidden, ...frameNodes(p, sizeOf).map((m) => m.node.extent)]
}

function frameLayout(
  procedure: Procedure,
  isRoot: boolean,
  start: Place,
  pcBits: number,
  intoBits: number,
  sizeOf: SizeOf,
  extent: Extent,
): FrameLayout {
  const { places } = packFrom(start, frameExtents(procedure, isRoot, pcBits, intoBits, sizeOf))
  const [pc, into] = places
  const own = isRoot ? places : places.slice(2)
  const members = frameNodes(procedure, sizeOf).flatMap((m, i): Member[] => {
    const place = own[i]
    return place === undefined ? [] : [{ ...m, place }]
  })
  const caller = isRoot || pc === undefined || into === undefined ? undefined : { pc, into, intoBits }
  return { procedure, record: { kind: 'record', members, extent }, caller }
}

function frameNodes(procedure: Procedure, sizeOf: SizeOf) {
  return Object.entries({ ...procedure.args, ...procedure.locals }).map(([name, field]) => {
    const path = `${procedure.name}.${name}`
    checkedName(name, procedure.name)
    if (name === 'self') throw new SpecFault('schema', `${path}: 'self' is the process's own id; use another name`)
    if (field.kind === 'set') {
      const size = sizeOf(field.domain)
      return { name, node: { kind: 'set', size, extent: { bits: size } } as const }
    }
    const codec = codecOf(field, sizeOf, path)
    return { name, node: { kind: 'scalar', codec, extent: { bits: codec.bits } } as const }
  })
}

/** Every procedure that can be reached, callers before callees; in the order of the `calls` lists otherwise. */
function callersFirst(root: Procedure): Procedure[] {
  const finished: Procedure[] = []
  const visit = (procedure: Procedure, stack: readonly Procedure[]): void => {
    if (stack.includes(procedure)) {
      const cycle = [...stack.slice(stack.indexOf(procedure)), procedure].map((p) => p.name).join(' -> ')
      throw new SpecFault('schema', `procedures call each other in a circle: ${cycle}; calls must not recurse`)
    }
    if (finished.includes(procedure)) return
    for (const callee of procedure.calls.toReversed()) visit(callee, [...stack, procedure])
    finished.push(procedure)
  }
  visit(root, [])
  return finished.reverse()
}
