/**
 * What a design says of itself for the comparison (`COMPARISON.md`). Each spec of a design has a `design.ts`; `specs/index.ts` lists them, and that is all that
 * a design needs to be in it.
 */
import { type Process, type Scenario, type Spec, scenario } from '../../checker/index.js'

export interface Design {
  /** What the tables call it. */
  readonly name: string
  /** The name of its spec. */
  readonly spec: string
  /** What leads from a page table entry of a page that is out to the page, by variable of the state. A step that touches one looks something up, or changes it. */
  readonly index: Readonly<Record<string, string>>
  /** Each process by itself on one page: a fault on one that is out, `held` by so many page table entries, … */
  readonly alone: { readonly [P in 'fault' | 'zap' | 'fork' | 'reclaim']: Scenario }
  /** swapoff by itself of a device with one page for each of `held`, which so many page table entries hold; `others` hold nothing. */
  swapoff(held: readonly number[], others: number): Scenario
  /** What says that it leaves nothing behind, and that it ends, where these are not SwapoffClean and SwapoffTerminates. */
  readonly swapoffProperties?: { readonly clean: string; readonly ends: string }
  /** What swapoff looks at. */
  readonly swapoffWalks: string
  /** What is kept for a page that is out, and not in memory. */
  readonly perPage: readonly Word[]
  /** Protections that say what must be locked, or done, together. */
  readonly together: readonly string[]
}

/** A piece of metadata: the fields of the state that stand for it, and how wide it is in a kernel. */
export interface Word {
  readonly fields: readonly string[]
  readonly bits: number
  /** Why so many. */
  readonly why: string
}

/** A pointer, or a word of an xarray or a radix tree. */
export const POINTER = 64
/** An atomic_t, or a spinlock_t without debugging. */
export const ATOMIC = 32

/** A process by itself. It is measured, and expected to show nothing. */
export function alone<S>(spec: Spec<S>, process: Process, init: (s: S) => void, bounds: Readonly<Record<string, number>> = {}): Scenario {
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(spec, {
    name: `measured-${process.name}`,
    title: `${process.name} by itself`,
    run: [process],
    init,
    bounds,
    expect,
  }) as Scenario
}

/** How many page table entries there are, where so many hold each page and others hold nothing. */
export function ptesOf(held: readonly number[], others: number): number {
  return held.reduce((sum, n) => sum + n, others)
}

/** Which page each page table entry that holds one holds, as an index into `held`. */
export function holders(held: readonly number[]): readonly number[] {
  return held.flatMap((n, page) => Array.from({ length: n }, () => page))
}
