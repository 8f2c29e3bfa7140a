/** Files of databases that are only wanted while a search runs. */
import { rmSync } from 'node:fs'
import type { LevelDatabase } from '../checker/index.js'

/** Removes the file of a database, and what it has beside it. */
export function removeDatabase(file: string): void {
  for (const path of [file, `${file}.wal`, `${file}.tmp`]) rmSync(path, { recursive: true, force: true })
}

/** The same database, whose file goes when it takes its leave. */
export function removedAtEnd(database: LevelDatabase, remove: () => void): LevelDatabase {
  const end = database.end.bind(database)
  database.end = async () => {
    await end()
    remove()
  }
  return database
}
