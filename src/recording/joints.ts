/** Whether parts of a recording that were read apart follow one another. */
import type { PartSummary } from './jsonl-part.js'
import { type LineFault, LineOrder } from './line-order.js'

export interface Joint {
  /** May the events of the part be taken, those before its fault? */
  readonly follows: boolean
  /** The first that is wrong, with its line in the whole. */
  readonly fault: LineFault | undefined
}

export class Joints {
  readonly order = new LineOrder(0)
  #lines: number

  /** @param lines before the first part */
  constructor(lines: number) {
    this.#lines = lines
  }

  /** The next part, where none before it had a fault. */
  see({ lines, first, last, end, fault }: PartSummary): Joint {
    const before = this.#lines
    this.#lines += lines
    const gap = first && this.order.event(before + first.line, first.seq)
    if (gap !== undefined) return { follows: false, fault: gap }
    if (last !== undefined) this.order.skipTo(last)
    const wrongEnd = end && this.order.end(before + end.line, end.events)
    return { follows: true, fault: wrongEnd ?? (fault && { ...fault, line: before + fault.line }) }
  }
}
