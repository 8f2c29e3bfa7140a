/** What is said of processes by their names, as far as a scenario has them. */
import type { Process } from '../../checker/index.js'

/** The values of those names that are among the processes, in the order of `byProcess`. */
export function ofProcesses<T>(run: readonly Process[], byProcess: Readonly<Record<string, T>>): readonly T[] {
  return Object.entries(byProcess).flatMap(([name, value]) => (run.some((process) => process.name === name) ? [value] : []))
}
