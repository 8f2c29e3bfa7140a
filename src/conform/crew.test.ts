/** How many threads a recording has where nobody says so. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultWorkers } from '../machine-limits.js'
import { Refusal } from '../refusal.js'
import { workersFor } from './crew.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-crew-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file of a size, with nothing in it. */
function file(name: string, size: number): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  truncateSync(path, size)
  return path
}

const [SMALL, LARGE] = [2 ** 20, 2 ** 27]

test.each([
  ['small.jsonl', SMALL, 1],
  ['large.jsonl', LARGE, defaultWorkers('memory')],
  ['packed-small.br', SMALL, 1],
  ['packed-large.br', LARGE / 16, defaultWorkers('memory')],
])('%s of %d bytes', async (name, size, workers) => expect(await workersFor(file(name, size))).toBe(workers))

test('a file that is not there', async () => {
  await expect(workersFor(join(folder, 'nowhere'))).rejects.toBeInstanceOf(Refusal)
})
