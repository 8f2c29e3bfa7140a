/** One column for each process, time downwards; what comes after the state in view is faint. */
import { useEffect, useRef } from 'preact/hooks'
import type { PageStep, PageTrace } from '../page-data.js'
import { Breakable } from './breakable.jsx'

export interface LanesProps {
  readonly trace: PageTrace
  readonly at: number
  go(state: number): void
}

export function Lanes({ trace, at, go }: LanesProps) {
  const busy = [...trace.lanes.keys()].filter((lane) => trace.steps.some((step) => step.lane === lane))
  const list = useRef<HTMLElement>(null)
  useEffect(() => showCurrent(list.current), [at])
  const columns = `repeat(${busy.length}, minmax(10rem, 1fr))`
  return (
    <section class="lanes" ref={list} aria-label="Steps, one column for each process">
      <div class="lane-row lane-heads" style={{ gridTemplateColumns: columns }}>
        {busy.map((lane) => (
          <div key={lane}>{trace.lanes[lane]}</div>
        ))}
      </div>
      <ol>
        <li class="lane-row" style={{ gridTemplateColumns: columns }}>
          <StepButton title="initially" column={1} isCurrent={at === 0} isAhead={false} press={() => go(0)} />
        </li>
        {trace.steps.map((step, i) => (
          <li key={i} class={`lane-row${trace.loop === i ? ' starts-loop' : ''}`} style={{ gridTemplateColumns: columns }}>
            {trace.loop === i && <p class="loop">from here to the end, again and again</p>}
            <StepButton
              title={step.title}
              step={step}
              lane={trace.lanes[step.lane] ?? ''}
              column={busy.indexOf(step.lane) + 1}
              isCurrent={at === i + 1}
              isAhead={at < i + 1}
              press={() => go(i + 1)}
            />
          </li>
        ))}
      </ol>
      {trace.loop === trace.states.length - 1 && <p class="loop">nothing more need ever happen</p>}
    </section>
  )
}

/** Scrolls the list alone, never the page. */
function showCurrent(list: HTMLElement | null): void {
  const current = list?.querySelector('[aria-current]')
  if (!(current instanceof HTMLElement) || list === null) return
  const heads = list.querySelector('.lane-heads')
  const covered = heads instanceof HTMLElement ? heads.offsetHeight : 0
  const [from, to] = [current.offsetTop - covered, current.offsetTop + current.offsetHeight]
  if (from < list.scrollTop) list.scrollTop = from
  else if (to > list.scrollTop + list.clientHeight) list.scrollTop = to - list.clientHeight
}

interface StepButtonProps {
  readonly title: string
  readonly step?: PageStep
  /** Shown where the columns have no room beside each other. */
  readonly lane?: string
  readonly column: number
  readonly isCurrent: boolean
  readonly isAhead: boolean
  press(): void
}

function StepButton({ title, step, lane = '', column, isCurrent, isAhead, press }: StepButtonProps) {
  const marks = `${isAhead ? ' ahead' : ''}${step?.failed ? ' failed' : ''} lane-${(column - 1) % 6}`
  return (
    <button
      type="button"
      class={`step${marks}`}
      style={{ gridColumn: String(column) }}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={press}
    >
      {lane && <span class="lane-name">{lane}</span>}
      <span class="step-title">
        <Breakable text={title} />
      </span>
      {step?.changes.map((change) => (
        <span key={change} class="change">
          <Breakable text={change} />
        </span>
      ))}
    </button>
  )
}
