/** Where the application writes to. */
import process from 'node:process'
import pc from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { exitCodes } from './exit-code.js'
import { printable } from './printable.js'
import { reasonOf } from './refusal.js'
import type { Page } from './report/story.js'

export interface Terminal {
  /** How a report on standard output is to look. */
  readonly page: Page
  /** To standard output. */
  print(text: string): void
  /** A line to standard error. */
  note(line: string): void
  /** Replaces the line of progress; '' clears it. Nothing where standard error is no terminal. */
  progress(line: string): void
}

const DEFAULT_WIDTH = 100

/** How a report in a file is to look. */
export const plainPage: Page = { width: DEFAULT_WIDTH, colors: pc.createColors(false) }

export function realTerminal(): Terminal {
  const { stdout, stderr } = process
  stdout.on('error', stopWriting)
  let hasProgress = false
  return {
    page: { width: stdout.columns || DEFAULT_WIDTH, colors: colorsFor(stdout) },
    print: (text) => stdout.write(text),
    note: (line) => stderr.write(`${printable(line)}\n`),
    progress(line) {
      if (!stderr.isTTY || (line === '' && !hasProgress)) return
      hasProgress = line !== ''
      stderr.write(`\r\u001b[K${line.slice(0, stderr.columns - 1)}`)
    },
  }
}

/** No colours in pipes and files, whatever else picocolors goes by, unless FORCE_COLOR asks for them; `FORCE_COLOR=0` asks for none. */
function colorsFor(stdout: NodeJS.WriteStream): Colors {
  const { FORCE_COLOR: asked = '' } = process.env
  const isWanted = asked === '' ? Boolean(stdout.isTTY) : asked !== '0' && asked !== 'false'
  return pc.createColors(pc.isColorSupported && isWanted)
}

/** A reader that has left, as `head` does, needs no message. */
function stopWriting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.stderr.write(`swapcheck: cannot write to standard output: ${reasonOf(error)}\n`)
  process.exit(exitCodes.outOfResources.code)
}
