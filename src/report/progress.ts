/** How far a search has come, in one line. */
import type { Figures } from '../../checker/index.js'

/** @param resident memory of the process, in bytes */
export function progressLine(id: string, figures: Figures, resident: number): string {
  const { distinct, generated, frontier, depth, seconds } = figures
  const [d, g, f, rate] = [distinct, generated, frontier, Math.round(generated / seconds)].map((n) => n.toLocaleString('en-US'))
  const megabytes = Math.round(resident / 2 ** 20).toLocaleString('en-US')
  return `${id}: ${d} distinct, ${g} generated, frontier ${f}, depth ${depth}, ${rate} states/s, ${megabytes} MB`
}
