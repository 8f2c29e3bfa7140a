/** The thread that follows some of the slots of a recording: see slot-threads.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { SlotRuns } from './slot-runs.js'
import type { Answer, Question, SlotWorkerData } from './slot-threads.js'
import { recordedSpec } from './spec-of-recordings.js'

const runs = new SlotRuns(recordedSpec((workerData as SlotWorkerData).spec))

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerTo(question)))

function answerTo(question: Question): Answer {
  if ('last' in question) return { tally: runs.tally(question.last) }
  runs.see(question.kinds, question.rows)
  return { stop: runs.stop }
}
