/** What a page that `swapcheck explore` serves exchanges with its server. */
import type { PageTrace } from './page-data.js'

export interface LiveData {
  readonly scenario: string
  readonly title: string
  /** Sent with each request, so that no page from elsewhere can ask. */
  readonly token: string
  /** Where to start, as a path. */
  readonly path: string
  readonly goals: readonly { readonly name: string; readonly wanted: string }[]
  /** Those without parts, for whoever types one: `desc[1].swap_refs`. */
  readonly fields: readonly string[]
}

export interface LiveAnswer {
  readonly path: string
  readonly trace: PageTrace
  readonly moves: readonly LiveMove[]
  /** Of a last step that failed: what it said. */
  readonly failure: string
}

/** A step that is enabled at the end of the path. */
export interface LiveMove {
  readonly place: number
  readonly lane: number
  readonly title: string
  readonly changes: readonly string[]
  readonly failure: string
}

export type LiveGoal = { readonly path: string } | { readonly reason: string }

/** The header of a request that has the token. */
export const TOKEN_HEADER = 'x-swapcheck-token'
