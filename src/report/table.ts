/** Rows as lines of text in columns. */

/** @param numeric indexes of the columns that are set to the right */
export function columns(rows: readonly (readonly string[])[], numeric: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  const pad = (cell: string, i: number): string => (numeric.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))
  return rows.map((row) => row.map(pad).join('  ').trimEnd())
}
