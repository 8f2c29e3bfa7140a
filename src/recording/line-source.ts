/** Lines of a file that may be packed, a few at a time. */
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { badArguments, reasonOf } from '../refusal.js'

/**
 * Gzip and xz are known by their first bytes, Brotli, which has none, by `.br`.
 *
 * @returns lines without their ends, in arrays of some thousands
 * @throws Refusal where the file cannot be read, or unpacked
 */
export async function* linesOf(file: string): AsyncGenerator<string[]> {
  let rest = ''
  const decoder = new TextDecoder()
  try {
    for await (const bytes of await unpacked(file)) {
      const lines = (rest + decoder.decode(bytes as Buffer, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    throw unreadable(file, error)
  }
  if (rest !== '') yield [rest]
}

async function unpacked(file: string): Promise<AsyncIterable<unknown>> {
  const magic = await firstBytes(file)
  const bytes = createReadStream(file, { highWaterMark: 1 << 18 })
  if (magic.startsWith('1f8b')) return piped(bytes, createGunzip())
  if (file.endsWith('.br')) return piped(bytes, createBrotliDecompress())
  return magic === 'fd377a585a00' ? unxz(file) : bytes
}

function piped(from: Readable, through: Transform): Readable {
  from.on('error', (error) => through.destroy(error))
  return from.pipe(through)
}

/** Node has no xz. */
async function* unxz(file: string): AsyncGenerator<unknown> {
  const child = spawn('xz', ['-dc', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8')
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', () => reject(new Error('it is packed with xz, and there is no program xz (on Debian: xz-utils)')))
    child.on('close', resolve)
  })
  ended.catch(() => undefined)
  yield* child.stdout
  if ((await ended) !== 0) throw new Error(said.trim() || 'xz failed')
}

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(6), 0, 6, 0)
    return buffer.toString('hex', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

function unreadable(file: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return badArguments(`cannot read '${file}': there is no such file`)
  if (code === 'EISDIR') return badArguments(`cannot read '${file}': it is a folder`)
  if (/^(Z_|ERR__ERROR|ERR_PADDING|ERR_BROTLI)/.test(code ?? '')) {
    return badArguments(`cannot unpack '${file}': it is damaged, or only a part of it is there (${reasonOf(error)})`)
  }
  return badArguments(`cannot read '${file}': ${reasonOf(error)}`)
}
