/** What a user can cause ends in one message and an exit code, never in a stack trace. */
import { type ExitCode, exitCodes } from './exit-code.js'

export class Refusal extends Error {
  readonly code: ExitCode

  /** @param message says where, what was expected, what came, and what to do next */
  constructor(code: ExitCode, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}

export function badArguments(message: string): Refusal {
  return new Refusal(exitCodes.badArguments.code, message)
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EFBIG: 'the file would be larger than is allowed',
}

/** In a line: what the system says, or the first line of what was thrown, whatever it is. */
export function reasonOf(error: unknown): string {
  const known = systemReasons[(error as { code?: string } | undefined)?.code ?? '']
  const text = error instanceof Error ? error.message : String(error)
  return known ?? text.split('\n', 1)[0] ?? ''
}
