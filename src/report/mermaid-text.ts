/** Text in a Mermaid diagram. */
import { printableLine } from '../printable.js'

/**
 * Mermaid takes `;` and `#` and a line's end for its own, and what looks like a style, a directive or HTML. It knows characters by their number.
 */
export function mermaidText(text: string): string {
  return printableLine(text).replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic} ._,()[\]=+*/'>-]/gu, (c) => `#${c.codePointAt(0)};`)
}
