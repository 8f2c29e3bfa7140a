/** The summary page of a GitHub job: Markdown, as much of it as there is room for. */
import type { Told } from './document.js'
import { markdownText } from './markdown.js'
import { section } from './mermaid.js'

/** For the line that says how many are left out. */
const LAST_LINE = 80

/** @param room in bytes */
export function stepSummary({ findings, summary }: Told, room: number): string {
  const parts = [`## swapcheck: ${markdownText(summary)}\n\n`, ...findings.map((finding) => `${section(finding).join('\n')}\n`)]
  const fitting = fittingParts(parts, room)
  if (fitting.length === parts.length) return parts.join('')
  const some = fittingParts(parts, room - LAST_LINE)
  return some.length === 0 ? '' : `${some.join('')}There is no room for ${parts.length - some.length} more.\n`
}

/** Those before the first that does not fit. */
function fittingParts(parts: readonly string[], room: number): readonly string[] {
  let left = room
  const over = parts.findIndex((part) => {
    left -= Buffer.byteLength(part)
    return left < 0
  })
  return over === -1 ? parts : parts.slice(0, over)
}
