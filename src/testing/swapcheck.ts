/** Runs the real command. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))

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

/** Interrupts the command once it has written something; answers the signal that it died of. */
export function interrupted(...words: string[]): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.once('data', () => child.kill('SIGINT'))
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
}

/** The file of a module of specs. */
export function specs(name: string): string {
  return fileURLToPath(new URL(`specs/${name}.mjs`, import.meta.url))
}

const { FORCE_COLOR: _, ...env } = process.env
