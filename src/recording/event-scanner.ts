/**
 * Events of JSON lines, read from bytes: those that are as `eventLine` writes them, in whatever order of the fields, which is nearly all of them. What it
 * gives up on may be an event all the same; `eventOrEnd` (jsonl.ts) says what an event is.
 */
import { kinds } from './jsonl.js'
import { Names } from './names.js'

/** Of a number that is not there. */
export const ABSENT = -(2 ** 31)
/** Return values are read as far as to this, and to as much below 0. */
export const MOST_RETURNED = 4095

const [OPEN, CLOSE, QUOTE, COLON, COMMA, MINUS] = [123, 125, 34, 58, 44, 45]
const [NEWLINE, ZERO, BEFORE_A, LETTERS] = [10, 48, 96, 27]
const MOST_DIGITS = 15
const MOST_BYTE = 255

/** A key as a number: no two words of up to six small letters have the same. */
function packed(key: string): number {
  return [...key].reduce((code, letter) => code * LETTERS + letter.charCodeAt(0) - BEFORE_A, 0)
}

const [SEQ, CPU, PID, EVENT, IN] = [packed('seq'), packed('cpu'), packed('pid'), packed('event'), packed('in')]
const [TYPE, OFFSET, OLD, NEW, RET, FRESH] = [
  packed('type'),
  packed('offset'),
  packed('old'),
  packed('new'),
  packed('ret'),
  packed('fresh'),
]
/** More than any key of an event. */
const NO_KEY = packed('zzzzzz') + 1
/** The first five of those must be there. */
const REQUIRED = 0b11111

const encoder = new TextEncoder()
const [TRUE, FALSE] = [encoder.encode('true'), encoder.encode('false')]

export class EventScanner {
  readonly names = new Names()
  readonly #kinds = new Names()
  seq = 0
  cpu = 0
  pid = 0
  /** An index of `kinds`. */
  event = 0
  /** By `names`. */
  name = 0
  type = ABSENT
  offset = ABSENT
  old = ABSENT
  stored = ABSENT
  ret = ABSENT
  /** 0, 1 or ABSENT. */
  fresh = ABSENT
  #bytes = new Uint8Array()
  #at = 0
  /** Bit by bit, the fields that were there. */
  #found = 0

  constructor() {
    for (const kind of kinds) this.#kinds.idOf(encoder.encode(kind), 0, kind.length)
  }

  /**
   * Reads the event of the line that begins there.
   *
   * @returns where the next line begins; -1 where it gives up
   */
  scan(bytes: Uint8Array<ArrayBuffer>, from: number): number {
    this.#bytes = bytes
    this.#at = from
    this.#found = 0
    this.type = ABSENT
    this.offset = ABSENT
    this.old = ABSENT
    this.stored = ABSENT
    this.ret = ABSENT
    this.fresh = ABSENT
    if (bytes[this.#at++] !== OPEN) return -1
    while (this.#field(this.#key())) {
      const behind = bytes[this.#at++]
      if (behind === COMMA) continue
      if (behind !== CLOSE || (this.#found & REQUIRED) !== REQUIRED) return -1
      if (this.#at >= bytes.length) return bytes.length
      return bytes[this.#at] === NEWLINE ? this.#at + 1 : -1
    }
    return -1
  }

  /** `"key":` as a number. */
  #key(): number {
    const bytes = this.#bytes
    let at = this.#at
    if (bytes[at++] !== QUOTE) return NO_KEY
    let code = 0
    for (let letter = bytes[at++] as number; letter !== QUOTE; letter = bytes[at++] as number) {
      if (!(letter > BEFORE_A && letter < BEFORE_A + LETTERS) || code >= NO_KEY) return NO_KEY
      code = code * LETTERS + letter - BEFORE_A
    }
    this.#at = at + 1
    return bytes[at] === COLON ? code : NO_KEY
  }

  /** Reads a value; false where it is none, or was there before. */
  #field(key: number): boolean {
    switch (key) {
      case SEQ:
        this.seq = this.#natural()
        return this.seq >= 0 && this.#isNew(0)
      case CPU:
        this.cpu = this.#natural()
        return this.cpu >= 0 && this.#isNew(1)
      case PID:
        this.pid = this.#natural()
        return this.pid >= 0 && this.#isNew(2)
      case EVENT:
        this.event = this.#name(this.#kinds)
        return this.event >= 0 && this.event < kinds.length && this.#isNew(3)
      case IN:
        this.name = this.#name(this.names)
        return this.name >= 0 && this.#isNew(4)
      case TYPE:
        this.type = this.#natural()
        return this.type >= 0 && this.#isNew(5)
      case OFFSET:
        this.offset = this.#natural()
        return this.offset >= 0 && this.#isNew(6)
      case OLD:
        this.old = this.#natural()
        return this.old >= 0 && this.old <= MOST_BYTE && this.#isNew(7)
      case NEW:
        this.stored = this.#natural()
        return this.stored >= 0 && this.stored <= MOST_BYTE && this.#isNew(8)
      case RET:
        this.ret = this.#returned()
        return this.ret !== ABSENT && this.#isNew(9)
      case FRESH:
        this.fresh = this.#truth()
        return this.fresh >= 0 && this.#isNew(10)
      default:
        return false
    }
  }

  #isNew(field: number): boolean {
    const bit = 1 << field
    if (this.#found & bit) return false
    this.#found |= bit
    return true
  }

  /** -1 where there is none, or a long one. */
  #natural(): number {
    const bytes = this.#bytes
    const from = this.#at
    let at = from
    let value = 0
    for (let digit = (bytes[at] as number) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[at] as number) - ZERO) {
      value = value * 10 + digit
      at++
    }
    this.#at = at
    const digits = at - from
    return digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[from] === ZERO) ? -1 : value
  }

  #returned(): number {
    if (this.#bytes[this.#at] !== MINUS) {
      const value = this.#natural()
      return value >= 0 && value <= MOST_RETURNED ? value : ABSENT
    }
    this.#at++
    const value = this.#natural()
    return value > 0 && value <= MOST_RETURNED ? -value : ABSENT
  }

  /** -1 where there is none, or one that is more than plain letters. */
  #name(names: Names): number {
    const bytes = this.#bytes
    let at = this.#at
    if (bytes[at++] !== QUOTE) return -1
    const from = at
    while (bytes[at] !== QUOTE) if (++at >= bytes.length) return -1
    this.#at = at + 1
    return names.idOf(bytes, from, at)
  }

  #truth(): number {
    const isTrue = this.#bytes[this.#at] === TRUE[0]
    const word = isTrue ? TRUE : FALSE
    for (const letter of word) if (this.#bytes[this.#at++] !== letter) return -1
    return Number(isTrue)
  }
}
