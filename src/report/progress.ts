/** How far a search has come, in one line. */
import type { Figures } from '../../checker/index.js'

/**
 * @param resident memory of the process, in bytes
 * @param width in characters; where that is too little, the scenario's id is left out
 */
export function progressLine(id: string, figures: Figures, resident: number, width: number): string {
  const { distinct, generated, frontier, depth, seconds, workers } = figures
  const [d, g, f, rate] = [distinct, generated, frontier, Math.round(generated / seconds)].map((n) => n.toLocaleString('en-US'))
  const megabytes = Math.round(resident / 2 ** 20).toLocaleString('en-US')
  const line = `${d} distinct, ${g} generated, frontier ${f}, depth ${depth}, ${rate} states/s, ${megabytes} MB${workers > 1 ? `, ${workers} workers` : ''}`
  const full = `${id}: ${line}`
  return full.length < width ? full : line
}
