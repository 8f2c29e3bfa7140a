/** The whole state in view: variables, and where each process is. What the step changed is marked. */
import { useState } from 'preact/hooks'
import type { PageProcess, PageTrace } from '../page-data.js'

export function StateTable({ trace, at }: { readonly trace: PageTrace; readonly at: number }) {
  const [showsAll, setShowsAll] = useState(false)
  const state = trace.states[at]
  const before = trace.states[Math.max(0, at - 1)]
  const rows = trace.variables.flatMap(({ path, initial }, i) => {
    const [value, was] = [state?.values[i] ?? '', before?.values[i] ?? '']
    return showsAll || value !== initial || value !== was ? [{ path, value, was }] : []
  })
  return (
    <section class="state" aria-label="The whole state">
      <h3>State</h3>
      <label>
        <input type="checkbox" checked={showsAll} onChange={(event) => setShowsAll(event.currentTarget.checked)} /> also what is as it
        started
      </label>
      <div class="scroll">
        <table>
          <tbody>
            {rows.map(({ path, value, was }) => (
              <tr key={path} class={value === was ? '' : 'changed'}>
                <th scope="row">{path}</th>
                <td>{value === was ? value : `${was} → ${value}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {state?.processes.map((process, i) => (
        <ProcessView key={trace.lanes[i]} name={trace.lanes[i] ?? ''} process={process} />
      ))}
    </section>
  )
}

function ProcessView({ name, process }: { readonly name: string; readonly process: PageProcess }) {
  return (
    <div class="process">
      <h4>
        {name}: {process.at === '' ? 'has returned' : `at ${process.at}`}
      </h4>
      {process.frames.map(({ procedure, locals }) => (
        <p key={procedure}>
          <b>{procedure}</b> {locals.map(([local, value]) => `${local}=${value}`).join(' ')}
        </p>
      ))}
    </div>
  )
}
