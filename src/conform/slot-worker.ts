/** The thread that reads some of the parts of a recording, and follows some of its slots: see slot-threads.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { JsonlParts } from './jsonl-parts.js'
import { SlotRuns } from './slot-runs.js'
import type { Answer, Question, SlotWorkerData } from './slot-threads.js'
import { recordedSpec } from './spec-of-recordings.js'

const { spec: name, followers } = workerData as SlotWorkerData
const spec = recordedSpec(name)
const parts = new JsonlParts(spec, followers)
const runs = new SlotRuns(spec)

parentPort?.on('message', (question: Question) => {
  const answer = answerTo(question)
  parentPort?.postMessage(answer, 'packed' in answer ? answer.packed.rows.map(({ buffer }) => buffer) : [])
})

function answerTo(question: Question): Answer {
  if ('part' in question) return { packed: parts.pack(question.part) }
  if ('last' in question) return { tally: runs.tally(question.last) }
  runs.see(question)
  return { stop: runs.stop }
}
