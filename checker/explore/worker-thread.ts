/**
 * The thread of a worker besides the first: loads the module that finds scenarios, waits until it is called, finds the scenario, waits to
 * begin, searches depth by depth with the others, and reports.
 */
import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import { System } from '../machine/system.js'
import { Representatives } from '../reduce/representatives.js'
import { symmetryOf } from '../reduce/symmetry.js'
import { StateTree } from '../store/state-tree.js'
import { emptied, expandDepth, turnDepth } from './depth.js'
import { Explorer } from './explorer.js'
import { Frontier } from './frontier.js'
import { Meeting } from './meeting.js'
import { ProfilingExplorer } from './profile.js'
import { BEGUN, FAILED, READY, REPORTED, type ScenarioModule, type SharedMemory } from './shared.js'
import type { WorkerData } from './threads.js'
import type { Call, WorkerMessage } from './worker-threads.js'

const { module, gate, port } = workerData as WorkerData
const loading = import(module) as Promise<ScenarioModule>
// Should it fail, that is told when the thread is called.
await loading.catch(() => {})
Atomics.wait(gate, 0, 0)
const call = receiveMessageOnPort(port)?.message as Call
const { argument, symmetry, profile, flags, size, index } = call
let crew: Meeting | undefined

try {
  const { scenarioFor } = await loading
  const system = new System(await scenarioFor(argument))
  Atomics.add(flags, READY, 1)
  Atomics.wait(flags, BEGUN, 0)
  const memory = receiveMessageOnPort(port)?.message as SharedMemory
  crew = new Meeting(memory.meeting, size, index)
  search(system, memory, crew)
} catch (error) {
  say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  Atomics.store(flags, FAILED, 1)
  crew?.break()
}

function search(system: System, memory: SharedMemory, crew: Meeting): void {
  system.activate()
  const store = new StateTree(system.w, system.current, memory.store)
  const orbits = symmetry ? symmetryOf(system) : undefined
  const parts = { grow() {}, representatives: orbits && new Representatives(system, orbits) }
  const profiler = profile ? new ProfilingExplorer(system, store, memory.watched, parts) : undefined
  const explorer = profiler ?? new Explorer(system, store, memory.watched, parts)
  const frontier = new Frontier(memory.frontier, Atomics.load(flags, BEGUN) - 1)
  const worker = { explorer, frontier, crew, memory, makeRoom: () => false }
  let coverage = explorer.coverage
  let epoch = emptied(memory)
  for (let isOver = false; !isOver; ) {
    for (const _ of expandDepth(worker));
    const { isStopped, isFound, isLast, isMidst } = turnDepth(worker)
    if (emptied(memory) !== epoch) store.renew()
    epoch = emptied(memory)
    if (!isMidst && (isFound || !isStopped)) coverage = explorer.coverage
    isOver = isStopped || isFound || isLast
  }
  const { findings, properties } = explorer
  const { notFound, neverViolated } = properties
  say({ report: { findings: findings.list, coverage, notFound, neverViolated, tally: profiler?.tally } })
  Atomics.add(flags, REPORTED, 1)
  Atomics.notify(flags, REPORTED)
}

function say(message: WorkerMessage): void {
  port.postMessage(message)
}
