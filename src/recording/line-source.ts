/** Lines of a file that may be packed, a few at a time. */
import { chunksOf } from './chunks.js'

/**
 * @returns lines without their ends, in arrays of some thousands
 * @throws Refusal where the file cannot be read, or unpacked
 */
export async function* linesOf(file: string): AsyncGenerator<string[]> {
  const lines = new LineDecoder()
  for await (const bytes of chunksOf(file)) yield lines.of(bytes)
}

export class LineDecoder {
  readonly #decoder = new TextDecoder()

  /** The lines of the next chunk, without their ends. */
  of(bytes: Uint8Array): string[] {
    const lines = this.#decoder.decode(bytes, { stream: true }).split('\n')
    if (lines.at(-1) === '') lines.pop()
    return lines
  }
}
