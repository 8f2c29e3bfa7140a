/** What a store that does not keep all of each state may have missed, in words. */
import type { Report } from '../../checker/index.js'

/** Beyond this probability the number of states is said instead. */
const NEARLY_CERTAIN = 0.99

/** A line, or none where nothing can have been missed. */
export function omissionLine({ store, omission }: Pick<Report, 'store' | 'omission'>): string[] {
  if (omission === undefined) return []
  const { states, probability } = omission
  if (probability < NEARLY_CERTAIN) return [`store ${store}: with probability ${chance(probability)}, a state was missed`]
  return [`store ${store}: about ${Math.round(states).toLocaleString('en-US')} states were missed, besides those that only they lead to`]
}

function chance(probability: number): string {
  return probability > 0 && probability < 0.001 ? probability.toExponential(1) : String(Number(probability.toFixed(3)))
}
