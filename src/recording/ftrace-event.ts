/** What the recorder's probes say, as events of a recording. The arguments are those of src/record/probes.ts. */
import type { FtraceLine } from './ftrace-line.js'
import type { RecordedEvent } from './recording.js'
import { type Slot, SlotAddresses, slotOfEntry } from './slot-addresses.js'

/** An event that has no number yet. */
export type Unnumbered = Omit<RecordedEvent, 'seq'>

export class FtraceEvents {
  readonly #addresses = new SlotAddresses()
  /** By thread and function, the slot that it was called for last. */
  readonly #slotOfCall = new Map<string, Partial<Slot>>()

  /**
   * @returns nothing where a probe hit something else than swap: a store to another byte, another xarray; one for each byte of memset();
   * undefined for an event of no probe of the recorder's
   */
  of(line: FtraceLine): readonly Unnumbered[] | undefined {
    const kind = /^(store|continued|device|cache_add|cache_delete|tree|lru|call|return)(?:_|$)/.exec(line.event)?.[1]
    const base = { cpu: line.cpu, pid: line.pid, in: line.function }
    switch (kind) {
      case undefined:
        return undefined
      case 'store':
        return this.#stores(line).map((store) => ({ ...base, event: kind, ...store }))
      case 'continued':
        return [{ ...base, event: kind, ...this.#slotOfCall.get(callOf(line)), ...bytesOf(line) }]
      case 'device':
        return [{ ...base, event: kind, ...this.#device(line) }]
      case 'tree':
        return [{ ...base, ...this.#change(line), event: kind }]
      case 'call':
        this.#slotOfCall.set(callOf(line), slotOf(line))
        return [{ ...base, event: kind, ...slotOf(line) }]
      default:
        return [{ ...base, event: kind, ...slotOf(line), ...(line.args.has('ret') && { ret: Number(line.args.get('ret')) }) }]
    }
  }

  #stores(line: FtraceLine): (Slot & Bytes)[] {
    const slot = this.#addresses.slotAt(BigInt(line.args.get('to') ?? 0))
    if (slot === undefined) return []
    const bytes = bytesOf(line)
    return Array.from({ length: Number(line.args.get('n')) }, (_, i) => ({ ...slot, offset: slot.offset + i, ...bytes }))
  }

  /** Of a tree, in a function of zswap: of the slot that the thread has called it for. */
  #change({ event, pid, function: name, args }: FtraceLine): Pick<Unnumbered, 'in' | 'ret'> & Partial<Slot> {
    const caller = args.get('by')?.split('+', 1)[0] ?? name
    const wanted = args.get('wanted')
    const isDone = wanted === undefined ? Number(args.get('was')) !== 0 : args.get('was') === wanted
    return { in: event.slice('tree_'.length), ...this.#slotOfCall.get(`${pid} ${caller}`), ret: Number(isDone) }
  }

  #device({ args }: FtraceLine): { readonly type: number; readonly fresh: boolean } {
    const type = Number(args.get('type'))
    return { type, fresh: this.#addresses.add({ type, map: BigInt(args.get('map') ?? 0), max: Number(args.get('max')) }) }
  }
}

type Bytes = Required<Pick<RecordedEvent, 'old' | 'new'>>

function bytesOf({ args }: FtraceLine): Bytes {
  return { old: Number(args.get('old')), new: Number(args.get('new')) }
}

function callOf({ pid, function: name }: FtraceLine): string {
  return `${pid} ${name}`
}

function slotOf({ args }: FtraceLine): Partial<Slot> {
  const entry = args.get('entry')
  if (entry !== undefined) return BigInt(entry) === 0n ? {} : slotOfEntry(entry)
  return args.has('offset') ? { type: Number(args.get('type')), offset: Number(args.get('offset')) } : {}
}
