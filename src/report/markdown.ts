/** Text in Markdown. */
import { printableLine } from '../printable.js'

/** On one line, and as it is: whatever might mean something is written as a character reference. */
export function markdownText(text: string): string {
  return printableLine(text).replace(MEANING, (c, inName?: string) => inName ?? `&#${c.codePointAt(0)};`)
}

/** What is no letter, digit or harmless mark; an underscore within a name is harmless. */
const MEANING = /((?<=\w)_(?=\w))|[^\p{L}\p{M}\p{N}\p{Extended_Pictographic} .,:;()'/=?!+-]/gu
