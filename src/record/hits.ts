/** Which probes were never hit: what the workload did not make the kernel do. */
import { ftraceLine } from '../recording/ftrace-line.js'
import { linesOf } from '../recording/line-source.js'

/**
 * @param trace a file of ftrace's text
 * @param probes lines of kprobe_events: `p:swapcheck/store_5 __swap_duplicate+222 …`
 * @returns those that no line is of
 */
export async function neverHit(trace: string, probes: readonly string[]): Promise<string[]> {
  const hit = new Set<string>()
  for await (const lines of linesOf(trace)) for (const line of lines) hit.add(ftraceLine(line)?.event ?? '')
  return probes.filter((probe) => !hit.has(eventOf(probe)))
}

/** `store_5 (__swap_duplicate+222)` */
export function placeOf(probe: string): string {
  return `${eventOf(probe)} (${probe.split(' ', 2)[1]})`
}

function eventOf(probe: string): string {
  return probe.slice(probe.indexOf('/') + 1, probe.indexOf(' '))
}
