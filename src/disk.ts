/** The file of a search that keeps its states on disk: begun anew, or resumed. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { createDuckdb, DatabaseFault, type DatabaseOption, openDuckdb } from '../checker/index.js'
import { exitCodes } from './exit-code.js'
import { badArguments, Refusal } from './refusal.js'
import type { Store } from './store-option.js'
import { version } from './version.js'

/** @throws Refusal where the file is there, and is not to be resumed */
export function refuseOverwriting(store: Store, resume: boolean): void {
  if (store.kind !== 'duckdb') {
    if (resume) throw badArguments(`--resume goes on with a file, and --store ${store.text} has none; name it with --store duckdb:FILE`)
  } else if (!resume && existsSync(store.file)) {
    throw badArguments(`${store.file} is there already, and is left as it is; --resume goes on with it, or name another file`)
  }
}

/**
 * The database of a search. A new one is made under another name, and gets its own when it can be resumed: a search that is killed leaves
 * either a file that can be resumed, or none.
 */
export function databaseIn(file: string, threads: number): DatabaseOption {
  const options = { name: file, threads }
  return {
    version,
    async open(identity, maxBytes) {
      if (!existsSync(file)) {
        const begun = `${file}.new`
        for (const old of [begun, `${begun}.wal`]) rmSync(old, { force: true })
        await createDuckdb({ ...options, file: begun }, identity, maxBytes)
        renameSync(begun, file)
      }
      return await openDuckdb({ ...options, file }, identity, maxBytes)
    },
  }
}

/** What a database cannot do, for the user. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DatabaseFault)) return error
  return error.kind === 'refused' ? badArguments(error.message) : new Refusal(exitCodes.outOfResources.code, error.message)
}
