/** What one CPU does: several tasks one after the other, each to its end. In the diagrams of commits that is one column, too. */
import { call, type Process, process, ret } from '../../checker/index.js'
import { procedure } from './state.js'

/** The tasks of `processes`, in that order, as one process of that name. */
export function in_turn(name: string, ...processes: readonly Process[]): Process {
  const label = (i: number): string => `${i + 1} ${processes[i]?.name ?? 'done'}`
  const tasks = processes.map(({ procedure: task, args }, i) => [label(i), () => call(task, args, label(i + 1))] as const)
  const calls = [...new Set(processes.map((each) => each.procedure))]
  return process(name, procedure(name, { calls }, Object.fromEntries([...tasks, [label(processes.length), () => ret()]])))({})
}
