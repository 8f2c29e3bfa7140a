/** A trace, with one of its states in view: the lanes, what the step before it changed, the objects, and the whole state. */
import { useLayoutEffect } from 'preact/hooks'
import type { PageTrace } from '../page-data.js'
import { Changes } from './changes.jsx'
import { Drawing } from './drawing.jsx'
import { keyTarget } from './keys.js'
import { Lanes } from './lanes.jsx'
import { Scrubber } from './scrubber.jsx'
import { StateTable } from './state-table.jsx'

export interface TraceExplorerProps {
  readonly trace: PageTrace
  /** The state in view; undefined for the last. */
  readonly state: number | undefined
  go(state: number): void
}

export function TraceExplorer({ trace, state, go }: TraceExplorerProps) {
  const last = trace.states.length - 1
  const at = Math.min(Math.max(state ?? last, 0), last)
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = keyTarget(event, trace, at)
      if (target === undefined) return
      event.preventDefault()
      go(target)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [trace, at, go])
  return (
    <section class="trace" aria-label="Counterexample">
      <Scrubber trace={trace} at={at} go={go} />
      <div class="panels">
        <Lanes trace={trace} at={at} go={go} />
        <div class="side">
          <Changes trace={trace} at={at} />
          <Drawing trace={trace} at={at} />
          <StateTable trace={trace} at={at} />
        </div>
      </div>
    </section>
  )
}
