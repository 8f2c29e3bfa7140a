/** The keys: left and right for one step, with shift for a step of the same process, Home and End. */
import type { PageTrace } from '../page-data.js'

/** Elements that have a use for these keys themselves. */
const BUSY = /^(INPUT|TEXTAREA|SELECT)$/

/** The state that a key leads to, or undefined for one that means nothing here. */
export function keyTarget(event: KeyboardEvent, trace: PageTrace, at: number): number | undefined {
  const { target } = event
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined
  if (target instanceof HTMLElement && BUSY.test(target.tagName)) return undefined
  return stateAfterKey(event.key, event.shiftKey, trace, at)
}

export function stateAfterKey(key: string, isShifted: boolean, trace: PageTrace, at: number): number | undefined {
  const last = trace.states.length - 1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowLeft':
      return isShifted ? sameLane(trace, at, -1) : Math.max(0, at - 1)
    case 'ArrowRight':
      return isShifted ? sameLane(trace, at, 1) : Math.min(last, at + 1)
    default:
      return undefined
  }
}

/** The state after the next step, or the one before, of the process whose step led here; where there is none, it stays. */
function sameLane({ steps }: PageTrace, at: number, by: 1 | -1): number {
  const lane = steps[at - 1]?.lane
  for (let state = at + by; state > 0 && state <= steps.length; state += by) if (steps[state - 1]?.lane === lane) return state
  return at
}
