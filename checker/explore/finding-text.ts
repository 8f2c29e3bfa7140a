/** Findings as text, for explorers elsewhere: with the words of their state, as ids say nothing there. */
import type { Finding } from './findings.js'

export function textOf(finding: Finding): string {
  return JSON.stringify({ ...finding, words: [...(finding.words ?? [])] })
}

export function findingOf(text: string): Finding {
  const finding = JSON.parse(text)
  return { ...finding, words: Int32Array.from(finding.words) }
}
