/** Asks the server of `swapcheck explore`. */
import { useEffect, useState } from 'preact/hooks'
import { type LiveAnswer, type LiveData, type LiveGoal, TOKEN_HEADER } from '../live-data.js'

/** An answer, the one before while the next is on its way, or what went wrong. */
export interface Asked {
  readonly answer?: LiveAnswer
  readonly error?: string
}

/** @param path undefined where nothing is to be asked */
export function useAnswer(live: LiveData, path: string | undefined): Asked {
  const [asked, setAsked] = useState<Asked>({})
  useEffect(() => {
    if (path === undefined) return
    const leaving = new AbortController()
    ask<LiveAnswer>(live, `/at?${new URLSearchParams({ path })}`, leaving.signal).then(
      (answer) => setAsked({ answer }),
      (error: Error) => {
        if (!leaving.signal.aborted) setAsked({ error: error.message })
      },
    )
    return () => leaving.abort()
  }, [live, path])
  return asked
}

export function askGoal(live: LiveData, name: string): Promise<LiveGoal> {
  return askWay(live, `/goal?${new URLSearchParams({ name })}`)
}

/** @param wanted `desc[1].swap_refs = 3` */
export function askField(live: LiveData, wanted: string): Promise<LiveGoal> {
  return askWay(live, `/field?${new URLSearchParams({ wanted })}`)
}

async function askWay(live: LiveData, address: string): Promise<LiveGoal> {
  try {
    return await ask<LiveGoal>(live, address)
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

async function ask<T>({ token }: LiveData, address: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(address, { headers: { [TOKEN_HEADER]: token }, ...(signal && { signal }) })
  const body = (await response.json()) as T & { readonly error?: string }
  if (!response.ok) throw new Error(body.error ?? `the server answered ${response.status}`)
  return body
}
