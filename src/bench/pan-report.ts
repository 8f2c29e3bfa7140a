/** What pan, the checker that Spin writes for a model, prints at the end of a search. */
export interface PanReport {
  readonly stored: number
  /** Stored + matched, to eight digits. */
  readonly transitions: number
}

/** pan prints counts with "%9.8g". */
export function isPrintedAs(count: number, printed: number): boolean {
  return Number(count.toPrecision(8)) === printed
}

/** @throws Error where the text is no report of a whole search without errors */
export function readPanReport(text: string): PanReport {
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1])
  const report = { stored: number(/(\S+) states, stored/), transitions: number(/(\S+) transitions/) }
  const isWhole = /errors: 0$/m.test(text) && !/max search depth too small|Search not completed/.test(text)
  if (isWhole && report.stored > 0 && report.transitions > 0) return report
  throw new Error(`pan did not search all without errors:\n${text.trim()}`)
}
