/** The first line of a recording of JSON lines, in bytes. */
import type { Bytes } from './chunks.js'
import { headerOf, LineError } from './jsonl.js'
import { refusalOf } from './line-order.js'

const [NEWLINE, OPEN] = [10, 123]
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** @param bytes the first of a recording */
export function isJsonl(bytes: Bytes): boolean {
  return bytes[begin(bytes)] === OPEN
}

/** @throws Refusal where the header is none */
export function behindHeader(file: string, bytes: Bytes): Bytes {
  const end = bytes.indexOf(NEWLINE)
  const line = bytes.subarray(begin(bytes), end < 0 ? bytes.length : end)
  try {
    headerOf(new TextDecoder().decode(line))
  } catch (error) {
    if (!(error instanceof LineError)) throw error
    throw refusalOf(file, { line: 1, kind: 'wrong', message: error.message })
  }
  return end < 0 ? new Uint8Array() : bytes.slice(end + 1)
}

function begin(bytes: Bytes): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0
}
