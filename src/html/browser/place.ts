/** Where somebody is on the page: a run, and a state of its trace. Kept in the address, so that it can be bookmarked and sent. */
import { useEffect, useState } from 'preact/hooks'

export interface Place {
  /** Id of the scenario; '' for the first. */
  readonly run: string
  /** Index of the state; undefined for the last. */
  readonly state: number | undefined
}

export function readPlace(hash: string): Place {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const state = Number.parseInt(words.get('state') ?? '', 10)
  return { run: words.get('run') ?? '', state: Number.isNaN(state) ? undefined : state }
}

export function formatPlace({ run, state }: Place): string {
  return `#${new URLSearchParams({ run, ...(state !== undefined && { state: String(state) }) })}`
}

/** The place, and how to go to another; also follows the address when somebody changes it. */
export function usePlace(): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => readPlace(location.hash))
  useEffect(() => {
    const follow = (): void => setPlace(readPlace(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const go = (next: Place): void => {
    history.replaceState(null, '', formatPlace(next))
    setPlace(next)
  }
  return [place, go]
}
