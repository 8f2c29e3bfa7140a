/** How far the text of a function goes. */
import type { Place } from './inspector.js'

/**
 * The place of its last character.
 *
 * @param text of the whole function, name included
 * @param start where its parameters begin
 */
export function lastPlace(text: string, start: Place): Place {
  const lines = text.split('\n')
  const last = lines.at(-1) ?? ''
  if (lines.length > 1) return { line: start.line + lines.length - 1, column: last.length - 1 }
  return { line: start.line, column: start.column + text.length - 1 - (nameBefore.exec(text)?.[0].length ?? 0) }
}

/** What stands before the parameters: nothing of an arrow function. */
const nameBefore = /^(?:async\s+)?(?:function\b\s*)?\*?\s*[\w$]*(?=\()/
