/** Ctrl-C: the first one ends a run in good order, the next kills the process, as it would anywhere. */
import process from 'node:process'

export interface Interruption {
  /** Aborted by the first. */
  readonly signal: AbortSignal
  /** From now on the first kills, too. */
  release(): void
}

/** @param heard called at the first */
export function interruption(heard: () => void): Interruption {
  const controller = new AbortController()
  const first = (): void => {
    controller.abort()
    heard()
  }
  process.once('SIGINT', first)
  return { signal: controller.signal, release: () => void process.off('SIGINT', first) }
}
