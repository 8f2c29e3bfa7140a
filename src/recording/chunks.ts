/** Bytes of a file that may be packed, whole lines at a time. */
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { badArguments, reasonOf } from '../refusal.js'

export type Bytes = Uint8Array<ArrayBuffer>

/** So many bytes are read at a time; a chunk is about as large, or one line. */
const CHUNK = 1 << 20
const NEWLINE = 10

/**
 * Gzip and xz are known by their first bytes, Brotli, which has none, by `.br`.
 *
 * @returns chunks that end with a newline, but for the last, each with a buffer of its own
 * @throws Refusal where the file cannot be read, or unpacked; behind the lines before that
 */
export async function* chunksOf(file: string): AsyncGenerator<Bytes> {
  let waiting: Uint8Array[] = []
  let length = 0
  try {
    for await (const read of await unpacked(file)) {
      const bytes = read as Uint8Array
      const end = length + bytes.length < CHUNK ? 0 : bytes.lastIndexOf(NEWLINE) + 1
      if (end > 0) yield joined([...waiting, bytes.subarray(0, end)])
      if (end > 0) [waiting, length] = [[], 0]
      waiting.push(bytes.subarray(end))
      length += bytes.length - end
    }
  } catch (error) {
    const rest = joined(waiting)
    if (length > 0) yield rest.slice(0, rest.lastIndexOf(NEWLINE) + 1)
    throw unreadable(file, error)
  }
  if (length > 0) yield joined(waiting)
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
type Packing = 'none' | 'gzip' | 'brotli' | 'xz'

/** Recordings are packed to less than that part. */
const PACKED_TO = 1 / 16

/**
 * About how many bytes there are when they are unpacked.
 *
 * @throws Refusal where the file cannot be read
 */
export async function unpackedSize(file: string): Promise<number> {
  try {
    const [{ size }, packing] = await Promise.all([stat(file), packingOf(file)])
    return packing === 'none' ? size : size / PACKED_TO
  } catch (error) {
    throw unreadable(file, error)
  }
}

async function unpacked(file: string): Promise<AsyncIterable<unknown>> {
  const packing = await packingOf(file)
  if (packing === 'xz') return unxz(file)
  const bytes = createReadStream(file, { highWaterMark: CHUNK })
  if (packing === 'none') return bytes
  return piped(bytes, packing === 'gzip' ? createGunzip() : createBrotliDecompress())
}

async function packingOf(file: string): Promise<Packing> {
  const magic = await firstBytes(file)
  if (magic.startsWith('1f8b')) return 'gzip'
  if (file.endsWith('.br')) return 'brotli'
  return magic === 'fd377a585a00' ? 'xz' : 'none'
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
