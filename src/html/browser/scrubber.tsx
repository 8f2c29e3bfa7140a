/** Goes through the states of a trace. */
import type { PageTrace } from '../page-data.js'

export interface ScrubberProps {
  readonly trace: PageTrace
  readonly at: number
  go(state: number): void
}

export function Scrubber({ trace, at, go }: ScrubberProps) {
  const last = trace.states.length - 1
  const where = at === 0 ? 'initial state' : `after step ${at} of ${last}`
  return (
    <fieldset class="scrubber" aria-label="Step through the trace">
      <Button label="First state" sign="|◀" disabled={at === 0} press={() => go(0)} />
      <Button label="One step back" sign="◀" disabled={at === 0} press={() => go(at - 1)} />
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        aria-label="State of the trace"
        aria-valuetext={where}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <Button label="One step on" sign="▶" disabled={at === last} press={() => go(at + 1)} />
      <Button label="Last state" sign="▶|" disabled={at === last} press={() => go(last)} />
      <output aria-live="polite">{where}</output>
    </fieldset>
  )
}

interface ButtonProps {
  readonly label: string
  readonly sign: string
  readonly disabled: boolean
  press(): void
}

function Button({ label, sign, disabled, press }: ButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} disabled={disabled} onClick={press}>
      {sign}
    </button>
  )
}
