/** A scenario that somebody steps through: the path so far, what is enabled at the state in view, and what to jump to. */
import { useEffect, useState } from 'preact/hooks'
import type { LiveData, LiveMove } from '../live-data.js'
import { JumpTo } from './jump-to.jsx'
import { type Asked, useAnswer } from './server.js'
import { TraceExplorer } from './trace-explorer.jsx'

export function Live({ live }: { readonly live: LiveData }) {
  const [path, setPath] = usePath(live.path)
  const [at, setAt] = useState<number | undefined>(undefined)
  const places = path.split('.')
  const prefix = at === undefined ? path : places.slice(0, at + 1).join('.')
  const whole = useAnswer(live, path)
  const earlier = useAnswer(live, prefix === path ? undefined : prefix)
  const here = prefix === path ? whole : earlier
  const go = (next: string): void => {
    setAt(undefined)
    setPath(next)
  }
  return (
    <main>
      <section class="summary" aria-label="Summary">
        <h2>{live.scenario}</h2>
        <p>{live.title}</p>
        <CopyPath live={live} path={prefix} />
        <JumpTo live={live} go={go} />
      </section>
      <Moves asked={here} lanes={whole.answer?.trace.lanes ?? []} take={(place) => go(`${prefix}.${place}`)} />
      <p>
        <button type="button" disabled={!prefix.includes('.')} onClick={() => go(prefix.split('.').slice(0, -1).join('.'))}>
          Take the last step back
        </button>
      </p>
      {whole.answer && <TraceExplorer trace={whole.answer.trace} state={at} go={setAt} />}
    </main>
  )
}

/** In the address, so that the browser's own keys go back and on. */
function usePath(start: string): [string, (path: string) => void] {
  const read = (): string => new URLSearchParams(location.hash.slice(1)).get('path') ?? start
  const [path, setPath] = useState(read)
  useEffect(() => {
    const follow = (): void => setPath(read())
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [start])
  const go = (next: string): void => {
    history.pushState(null, '', `#path=${next}`)
    setPath(next)
  }
  return [path, go]
}

function Moves({ asked, lanes, take }: { readonly asked: Asked; readonly lanes: readonly string[]; take(place: number): void }) {
  const { answer, error } = asked
  return (
    <section class="moves" aria-label="Enabled steps">
      <h3>Enabled steps</h3>
      {error && <p class="fail">{error}</p>}
      {answer?.failure && <p class="fail">The last step failed: {answer.failure}</p>}
      {answer?.moves.length === 0 && answer.failure === '' && <p>None: everything has stopped here.</p>}
      <ul>
        {answer?.moves.map((move) => (
          <li key={move.place}>
            <button type="button" onClick={() => take(move.place)}>
              {lanes[move.lane]}: {move.title}
              <Effect move={move} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Effect({ move: { changes, failure } }: { readonly move: LiveMove }) {
  if (failure) return <span class="change fail">fails: {failure}</span>
  return <span class="change">{changes.join(', ')}</span>
}

function CopyPath({ live, path }: { readonly live: LiveData; readonly path: string }) {
  const [isCopied, setIsCopied] = useState(false)
  const command = `swapcheck explore ${live.scenario} --path ${path}`
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(command)
    setIsCopied(true)
  }
  return (
    <p>
      <code>{command}</code>{' '}
      <button type="button" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </p>
  )
}
