/** Where a search in memory goes on when the memory is full: a file of its own, which is gone when the search is over. */
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { type DatabaseOption, openDuckdb } from '../checker/index.js'
import { badArguments } from './refusal.js'
import { removeDatabase, removedAtEnd } from './removed-at-end.js'
import type { Store } from './store-option.js'
import { version } from './version.js'

let files = 0

/** @throws Refusal where it is no folder, or nothing goes there */
export function refuseSpill(folder: string, store: Store): void {
  if (store.kind !== 'memory')
    throw badArguments(`--spill is for --store memory, and --store ${store.text} was given; leave one of the two out`)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw badArguments(`--spill ${folder} is no folder`)
}

/**
 * @param tell called when the memory is full
 * @returns undefined where the database is not installed: the search ends when the memory is full
 */
export function spillingTo(folder: string, threads: number, tell: (folder: string) => void): DatabaseOption | undefined {
  if (!isInstalled()) return undefined
  return {
    version,
    async open(identity, maxBytes) {
      tell(folder)
      const file = join(folder, `swapcheck-${process.pid}-${++files}.duckdb`)
      const remove = (): void => removeDatabase(file)
      process.once('exit', remove)
      const database = await openDuckdb({ file, name: file, threads }, identity, maxBytes)
      return removedAtEnd(database, () => {
        remove()
        process.off('exit', remove)
      })
    },
  }
}

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('@duckdb/node-api')
    return true
  } catch {
    return false
  }
}
