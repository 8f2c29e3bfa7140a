/** Runs the real command. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The URL of a module of the build. */
export function built(path: string): string {
  return new URL(`../../dist/${path}`, import.meta.url).href
}

export const main = fileURLToPath(built('src/main.js'))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function swapcheck(...words: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', env })
  return { code: status, stdout, stderr }
}

/** Runs it in a shell, after a line of shell. */
export function swapcheckUnder(line: string, ...words: string[]): Ran {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${line}; exec "$@"`, 'bash', process.execPath, main, ...words], {
    encoding: 'utf8',
    env,
  })
  return { code: status, stdout, stderr }
}

/** What the command has written so far, and how to wait for more. */
export interface Running {
  /** So far. */
  readonly stdout: string
  interrupt(): void
  /** At once, as a power cut would. */
  kill(): void
  /** Until it has written a text to one of its outputs; rejects where it ends before. */
  written(text: string): Promise<void>
  /** Until it has ended, of itself or of a signal. */
  ended(): Promise<Ran & { readonly signal: NodeJS.Signals | null }>
}

/** Starts it, and does not wait. */
export function start(...words: string[]): Running {
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      texts[name] += text
      child.emit('text')
    })
  }
  const end = new Promise<Ran & { signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...texts }))
  })
  const written = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (texts.stdout.includes(text) || texts.stderr.includes(text)) resolve()
      }
      child.on('text', look)
      look()
      end.then((ran) => reject(new Error(`it never wrote '${text}': ${JSON.stringify(ran)}`)))
    })
  return {
    get stdout() {
      return texts.stdout
    },
    interrupt: () => void child.kill('SIGINT'),
    kill: () => void child.kill('SIGKILL'),
    written,
    ended: () => end,
  }
}

/** The file of a module of specs. */
export function specs(name: string): string {
  return fileURLToPath(new URL(`specs/${name}.mjs`, import.meta.url))
}

const { FORCE_COLOR: _, ...env } = process.env
