import fc from 'fast-check'
import { expect, test } from 'vitest'
import { int, type LocalField } from '../schema/field.js'
import type { Place } from '../schema/layout.js'
import { type FrameLayout, layoutProcess, type ProcessLayout } from './frames.js'
import { ret } from './outcome.js'
import { makeProcedure, type Procedure } from './procedure.js'

const sizeOf = (d: { size: number }): number => d.size

function proc(name: string, widths: readonly number[], calls: readonly Procedure[] = []): Procedure {
  const locals = Object.fromEntries(widths.map((bits, i) => [`x${i}`, int(0, 2 ** bits - 1)] as [string, LocalField]))
  return makeProcedure(name, { locals, calls }, { begin: () => ret(), end: () => ret() })
}

function bitsAt(place: Place, width: number): number[] {
  return Array.from({ length: width }, (_, i) => place.word * 32 + place.shift + i)
}

/** The bits of a frame, the hidden ones included. */
function bitsOf(layout: ProcessLayout, { record, caller }: FrameLayout): number[] {
  const own = record.members.flatMap(({ node, place }) => bitsAt(place, 'bits' in node.extent ? node.extent.bits : 32))
  const hidden = caller === undefined ? [] : [...bitsAt(caller.pc, layout.pcBits), ...bitsAt(caller.into, caller.intoBits)]
  return [...own, ...hidden]
}

/** Every chain of calls from a procedure. */
function stacks(root: Procedure): Procedure[][] {
  return [[root], ...root.calls.flatMap((callee) => stacks(callee).map((rest) => [root, ...rest]))]
}

test('the frames of a chain of calls, and the program counter, never overlap and lie inside the extent', () => {
  const widths = fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 4 })
  const shape = fc.array(fc.tuple(widths, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })), { minLength: 1, maxLength: 5 })
  const property = fc.property(shape, (list) => {
    const procedures: Procedure[] = []
    for (const [i, [w, called]] of list.entries())
      procedures.push(
        proc(
          `p${i}`,
          w,
          procedures.filter((_, j) => called[j]),
        ),
      )
    const root = proc('root', [3], procedures)
    const layout = layoutProcess(root, sizeOf)
    const size = 'bits' in layout.extent ? layout.extent.bits : layout.extent.words * 32
    for (const stack of stacks(root)) {
      const frames = stack.flatMap((p) => bitsOf(layout, layout.frames.get(p) as FrameLayout))
      const bits = [...bitsAt({ word: 0, shift: 0 }, layout.pcBits), ...frames]
      expect(new Set(bits).size).toBe(bits.length)
      expect(Math.max(...bits)).toBeLessThan(size)
    }
  })
  fc.assert(property, { seed: 6 })
})

test('what cannot be active together shares its space', () => {
  const [left, right] = [proc('left', [20]), proc('right', [20])]
  const layout = layoutProcess(proc('root', [], [left, right]), sizeOf)
  expect(layout.frames.get(left)?.record.members[0]?.place).toEqual(layout.frames.get(right)?.record.members[0]?.place)
  expect(layout.extent).toEqual({ bits: 3 + 3 + 1 + 20 })
})

test('program counters count the steps, callers before callees; 0 is left for a process that has returned', () => {
  const leaf = proc('leaf', [])
  const { sites, pcBits } = layoutProcess(proc('root', [], [proc('middle', [], [leaf]), leaf]), sizeOf)
  const names = sites.map((s) => s && `${s.procedure.name}.${s.label}`)
  expect(names).toEqual([undefined, 'root.begin', 'root.end', 'middle.begin', 'middle.end', 'leaf.begin', 'leaf.end'])
  expect(pcBits).toBe(3)
})

test('recursion is refused with the circle', () => {
  const calls: Procedure[] = []
  const inner = proc('inner', [], calls)
  const outer = proc('outer', [], [inner])
  calls.push(outer)
  expect(() => layoutProcess(proc('root', [], [outer]), sizeOf)).toThrow('procedures call each other in a circle: outer -> inner -> outer')
})

test('a local may not be called self', () => {
  const bad = makeProcedure('walk', { locals: { self: int(0, 1) } }, { begin: () => ret() })
  expect(() => layoutProcess(bad, sizeOf)).toThrow("walk.self: 'self' is the process's own id; use another name")
})
