/** The table of scenarios. */
import { useState } from 'preact/hooks'
import type { PageRun } from '../page-data.js'

export interface RunsProps {
  readonly runs: readonly PageRun[]
  /** Id of the one that is shown. */
  readonly chosen: string
  choose(id: string): void
}

export function Runs({ runs, chosen, choose }: RunsProps) {
  const [words, setWords] = useState('')
  const shown = runs.filter((run) => words.split(' ').every((word) => `${run.id} ${run.verdict} ${run.property}`.includes(word)))
  const wrong = runs.filter((run) => !run.isAsExpected).length
  return (
    <nav class="runs" aria-label="Scenarios">
      <details open>
        <summary>
          {runs.length} scenarios, {wrong === 0 ? 'all as expected' : `${runs.length - wrong} as expected, ${wrong} not`}
        </summary>
        <label>
          Show those with <input type="search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">scenario</th>
                <th scope="col">verdict</th>
                <th scope="col">distinct</th>
                <th scope="col">generated</th>
                <th scope="col">depth</th>
                <th scope="col">seconds</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((run) => (
                <Row key={run.id} run={run} isChosen={run.id === chosen} choose={choose} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </nav>
  )
}

function Row({ run, isChosen, choose }: { readonly run: PageRun; readonly isChosen: boolean; choose(id: string): void }) {
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <th scope="row">
        <button type="button" aria-current={isChosen} onClick={() => choose(run.id)}>
          {run.id}
        </button>
      </th>
      <td class={run.isAsExpected ? 'ok' : 'fail'}>
        {run.isAsExpected ? 'ok' : 'FAIL'} {run.verdict} {run.property}
      </td>
      <td>{run.figures?.distinct.toLocaleString('en-US')}</td>
      <td>{run.figures?.generated.toLocaleString('en-US')}</td>
      <td>{run.figures?.depth}</td>
      <td>{run.figures?.seconds.toFixed(1)}</td>
    </tr>
  )
}
