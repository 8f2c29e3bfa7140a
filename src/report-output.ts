/** Where a report goes: to standard output as it comes, or to a file, whole, at its end. */
import { checkWritable, writeWhole } from './output-file.js'
import type { Page } from './report/story.js'
import { plainPage, type Terminal } from './terminal.js'

export interface ReportOutput {
  /** How a report is to look there. */
  readonly page: Page
  write(text: string): void
  /** Writes the file, and says in a line that it did. */
  end(summary: string): void
}

/** @throws Refusal where the file could not be written later */
export function reportOutput(terminal: Terminal, file: string | undefined): ReportOutput {
  if (file === undefined) return { page: terminal.page, write: (text) => terminal.print(text), end() {} }
  checkWritable(file)
  let held = ''
  return {
    page: plainPage,
    write(text) {
      held += text
    },
    end(summary) {
      writeWhole(file, held)
      terminal.note(`${file}: ${summary}`)
    },
  }
}
