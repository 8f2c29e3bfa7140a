/** What the step before the state in view changed. */
import type { PageTrace } from '../page-data.js'

export function Changes({ trace, at }: { readonly trace: PageTrace; readonly at: number }) {
  const step = trace.steps[at - 1]
  return (
    <section class="changes" aria-label="What the step changed">
      <h3>{step === undefined ? 'Initial state' : `${trace.lanes[step.lane] ?? ''}: ${step.title}`}</h3>
      {step?.failed && <p class="fail">ended in a failure: what it had done until then</p>}
      {step !== undefined && step.changes.length === 0 && <p>no variable, only where the process is</p>}
      <ul>
        {step?.changes.map((change) => (
          <li key={change}>
            <code>{change}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
