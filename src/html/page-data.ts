/** What a page is given: everything that it shows, as plain data. The code that runs in the browser knows nothing else of swapcheck. */

import type { LiveData } from './live-data.js'

export interface PageData {
  readonly version: string
  readonly runs: readonly PageRun[]
  /** Of a page that `swapcheck explore` serves. */
  readonly live?: LiveData
}

/** One run of a scenario. */
export interface PageRun {
  readonly id: string
  readonly title: string
  readonly verdict: string
  /** The property that is violated, or ''. */
  readonly property: string
  readonly isAsExpected: boolean
  /** What is not as expected, and how the run ended: lines for people. */
  readonly ending: readonly string[]
  /** What a person has written of it, line by line. */
  readonly story?: readonly string[]
  /** Of a search; a counterexample that was run again has none. */
  readonly figures?: Figures
  /** The command that shows it again. */
  readonly again: string
  readonly coverage: readonly ProcessCoverage[]
  readonly trace?: PageTrace
}

export interface Figures {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly seconds: number
}

/** How often the steps of a kind of process fired; of a spec's actions, where the name of the process is ''. */
export interface ProcessCoverage {
  readonly process: string
  readonly procedures: readonly {
    readonly name: string
    readonly steps: readonly { readonly name: string; readonly times: number; readonly unreachable?: string }[]
  }[]
}

export interface PageTrace {
  /** A heading for each lane; the last one, of actions, is '' where there are only actions. */
  readonly lanes: readonly string[]
  readonly steps: readonly PageStep[]
  /** The state to which the last one leads back. */
  readonly loop?: number
  /** The variables, down to single values: the same in all states. */
  readonly variables: readonly Variable[]
  /** One more than there are steps. */
  readonly states: readonly PageState[]
  readonly drawing: Drawing
}

export interface PageStep {
  readonly lane: number
  readonly title: string
  /** `desc[1].swap_refs 3 -> 1` */
  readonly changes: readonly string[]
  readonly failed: boolean
}

export interface Variable {
  /** `desc[1].swap_refs` */
  readonly path: string
  /** What it is unless something says otherwise. */
  readonly initial: string
}

export interface PageState {
  /** By variable. */
  readonly values: readonly string[]
  readonly processes: readonly PageProcess[]
}

export interface PageProcess {
  /** `do_swap_page.lookup`, or '' when it has returned. */
  readonly at: string
  readonly frames: readonly { readonly procedure: string; readonly locals: readonly (readonly [name: string, value: string])[] }[]
}

/** The objects of a state and what refers to what: elements of domains in columns, so that most arrows point to the right. */
export interface Drawing {
  /** By column. */
  readonly columns: readonly (readonly DrawnObject[])[]
  readonly arrows: readonly DrawnArrow[]
}

export interface DrawnObject {
  /** `desc[1]` */
  readonly name: string
  /** The variable that says whether it is allocated; -1 where nothing does. */
  readonly life: number
  /** Variables that are written into it, by what they are called there. */
  readonly fields: readonly (readonly [name: string, variable: number])[]
}

/** Is there while its variable is not NULL. */
export interface DrawnArrow {
  readonly from: string
  /** What the field is called in the object it starts from. */
  readonly label: string
  readonly variable: number
  /** The objects it may point to are `<domain>[<value>]`. */
  readonly domain: string
}
