/** The page: the runs, and what there is to see of the one that is chosen. */
import type { PageData, PageRun } from '../page-data.js'
import { Coverage } from './coverage.jsx'
import { Live } from './live.jsx'
import { usePlace } from './place.js'
import { Runs } from './runs.jsx'
import { TraceExplorer } from './trace-explorer.jsx'

export function App({ data }: { readonly data: PageData }) {
  return (
    <>
      <header class="top">
        <h1>swapcheck</h1>
        <p>version {data.version}</p>
      </header>
      {data.live === undefined ? <Report runs={data.runs} /> : <Live live={data.live} />}
    </>
  )
}

function Report({ runs }: Pick<PageData, 'runs'>) {
  const [place, go] = usePlace()
  const run = runs.find((r) => r.id === place.run) ?? runs.find((r) => !r.isAsExpected) ?? runs[0]
  return (
    <>
      {runs.length > 1 && <Runs runs={runs} chosen={run?.id ?? ''} choose={(id) => go({ run: id, state: undefined })} />}
      {run === undefined ? (
        <p>No scenario was run.</p>
      ) : (
        <main>
          <Summary run={run} />
          {run.trace && <TraceExplorer key={run.id} trace={run.trace} state={place.state} go={(state) => go({ run: run.id, state })} />}
          {run.coverage.length > 0 && <Coverage key={`coverage of ${run.id}`} processes={run.coverage} />}
        </main>
      )}
    </>
  )
}

function Summary({ run }: { readonly run: PageRun }) {
  const { id, title, verdict, property, isAsExpected, story = [], figures, ending, again } = run
  return (
    <section class="summary" aria-label="Summary">
      <h2>{id}</h2>
      <p>{title}</p>
      <p>
        <span class={`verdict ${isAsExpected ? 'ok' : 'fail'}`}>
          {isAsExpected ? 'as expected' : 'not as expected'}: {verdict}
          {property && `, ${property}`}
        </span>
      </p>
      {figures && (
        <p class="figures">
          {figures.distinct.toLocaleString('en-US')} distinct states, {figures.generated.toLocaleString('en-US')} generated, depth{' '}
          {figures.depth}, {figures.seconds.toFixed(1)} s
        </p>
      )}
      {story.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {ending.map((line) => (
        <p key={line} class="ending">
          {line}
        </p>
      ))}
      <p>
        again: <code>{again}</code>
      </p>
    </section>
  )
}
