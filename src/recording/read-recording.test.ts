/** Files, packed or not, of either kind. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.js'
import { readRecording } from './read-recording.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-recording-'))
const text = '# tracer: nop\n  a-1 [000] .....  7: call_zswap_store: (zswap_store+0x4/0x910) entry=0x5\n'

function file(name: string, bytes: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

async function count(path: string): Promise<number> {
  let events = 0
  for await (const batch of readRecording(path)) events += batch.length
  return events
}

const hasXz = spawnSync('xz', ['--version']).status === 0

describe('reads', () => {
  test('plain text', async () => expect(await count(file('a.txt', text))).toBe(1))
  test('gzip, whatever the file is called', async () => expect(await count(file('a', gzipSync(text)))).toBe(1))
  test('Brotli', async () => expect(await count(file('a.br', brotliCompressSync(text)))).toBe(1))
  test.runIf(hasXz)('xz', async () => {
    expect(await count(file('a.xz', spawnSync('xz', ['-c'], { input: text }).stdout))).toBe(1)
  })
  test('a line that is not ended, and many, which come in several chunks', async () => {
    const line = text.split('\n')[1] ?? ''
    expect(await count(file('many.txt', `${line}\n`.repeat(29_999) + line))).toBe(30_000)
  })
})

describe('refuses', () => {
  const refused: [string, string, number][] = [
    ['a file that is not there', join(folder, 'nowhere'), 151],
    ['a folder', folder, 151],
    ['half a gzip file', file('half.gz', gzipSync(text.repeat(500)).subarray(0, 60)), 151],
    ['half a Brotli file', file('half.br', brotliCompressSync(text.repeat(500)).subarray(0, 40)), 151],
    ['an empty file', file('empty', ''), 16],
    ['a recording without an event', file('none.txt', '# tracer: nop\n'), 16],
  ]
  test.each(refused)('%s', async (_, path, code) => {
    const refusal = await count(path).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code })
    expect((refusal as Refusal).message).toContain(path)
  })
  test.runIf(hasXz)('half an xz file', async () => {
    const packed = spawnSync('xz', ['-c'], { input: text.repeat(500) }).stdout
    await expect(count(file('half.xz', packed.subarray(0, packed.length - 30)))).rejects.toMatchObject({ code: 151 })
  })
})
