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

/** The first line of what was thrown, whatever it is. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? ''
}
