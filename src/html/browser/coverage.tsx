/** How often each step fired, by process and procedure, in the order in which they are written. */
import type { ProcessCoverage } from '../page-data.js'

export function Coverage({ processes }: { readonly processes: readonly ProcessCoverage[] }) {
  const most = Math.max(1, ...processes.flatMap((p) => p.procedures.flatMap((q) => q.steps.map((s) => s.times))))
  return (
    <section class="coverage" aria-label="Coverage">
      <h2>Coverage</h2>
      {processes.map(({ process, procedures }) => (
        <details key={process}>
          <summary>
            {process || 'actions'}: {countOf(procedures)}
          </summary>
          {procedures.map(({ name, steps }) => (
            <table key={name}>
              {name && <caption>{name}</caption>}
              <tbody>
                {steps.map((step) => (
                  <tr key={step.name} class={step.times === 0 ? 'never' : ''}>
                    <th scope="row">{step.name}</th>
                    <td class="times">{step.times.toLocaleString('en-US')}</td>
                    <td>
                      {step.times > 0 ? <meter min={0} max={1} value={Math.log1p(step.times) / Math.log1p(most)} /> : step.unreachable}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </details>
      ))}
    </section>
  )
}

function countOf(procedures: ProcessCoverage['procedures']): string {
  const steps = procedures.flatMap((p) => p.steps)
  const fired = steps.filter((s) => s.times > 0).length
  return `${fired} of ${steps.length} steps fired`
}
