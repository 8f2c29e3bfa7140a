/** The file of a search that keeps its states on disk: begun anew, or resumed. */
import { existsSync, renameSync } from 'node:fs'
import { createDuckdb, DatabaseFault, type DatabaseOption, type DuckdbOptions, type OpenDatabase, openDuckdb } from '../checker/index.js'
import { exitCodes } from './exit-code.js'
import { badArguments, Refusal } from './refusal.js'
import { removeDatabase, removedAtEnd } from './removed-at-end.js'
import type { Store } from './store-option.js'
import { version } from './version.js'

/** @throws Refusal where the file is there, and is not to be resumed */
export function refuseOverwriting(store: Store, resume: boolean): void {
  if (!('file' in store)) {
    if (resume) throw badArguments(`--resume goes on with a file, and --store ${store.text} has none; name it with --store duckdb:FILE`)
    return
  }
  const files = store.kind === 'duckdb' ? [store.file] : [store.file, fileOfWay(store.file)]
  const there = resume ? undefined : files.find((file) => existsSync(file))
  if (there !== undefined)
    throw badArguments(`${there} is there already, and is left as it is; --resume goes on with it, or name another file`)
}

/** Beside a file of fingerprints: where the way is looked for to what was found. */
function fileOfWay(file: string): string {
  return `${file}.way`
}

/** @param tell called when the search for the way begins, with the name of its file */
export function databaseOf(store: Store & { readonly file: string }, threads: number, tell: (file: string) => void): DatabaseOption {
  const { kind, file } = store
  if (kind === 'duckdb') return { version, open: databaseIn(file, { threads }) }
  const way = fileOfWay(file)
  const open = databaseIn(way, { threads })
  const openWhole: OpenDatabase = async (identity, maxBytes) => {
    tell(way)
    return removedAtEnd(await open(identity, maxBytes), () => removeDatabase(way))
  }
  return { version, open: databaseIn(file, { threads, kept: 'fingerprints' }), openWhole }
}

/**
 * The database in a file. A new one is made under another name, and gets its own when it can be resumed: a search that is killed leaves
 * either a file that can be resumed, or none.
 */
function databaseIn(file: string, how: Pick<DuckdbOptions, 'threads' | 'kept'>): OpenDatabase {
  const options = { name: file, ...how }
  return async (identity, maxBytes) => {
    if (!existsSync(file)) {
      const begun = `${file}.new`
      removeDatabase(begun)
      await createDuckdb({ ...options, file: begun }, identity, maxBytes)
      renameSync(begun, file)
    }
    return await openDuckdb({ ...options, file }, identity, maxBytes)
  }
}

/** What a database cannot do, for the user. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseFault)) return error
  return error.kind === 'refused' ? badArguments(error.message) : new Refusal(exitCodes.outOfResources.code, error.message)
}
