/** Where a function is written. */

/** Lines and columns from 1; the end is behind the last character. */
export interface Region {
  /** Relative to its repository, with `/`. */
  readonly file: string
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export type Located = (...args: never[]) => unknown

/** Those that are not found, such as functions of the engine's own, are left out. */
export type Locate = (functions: Iterable<Located>) => ReadonlyMap<Located, Region>
