/** A set whose every access is heard by a log: asking for one element reads one bit. Slow: for the runs that are recorded. */
import type { AccessLog } from './access-log.js'
import { type Id, ordinal } from './domain.js'
import { PackedSet } from './set-view.js'
import type { SetView } from './view.js'

export class RecordedSet implements SetView<string> {
  readonly #set: PackedSet
  readonly #at: { readonly word: number; readonly shift: number; readonly mask: number }
  readonly #log: AccessLog

  constructor(w: Int32Array, word: number, shift: number, count: number, path: string, log: AccessLog) {
    this.#set = new PackedSet(w, word, shift, count, path)
    this.#at = { word, shift, mask: 2 ** count - 1 }
    this.#log = log
  }

  get size(): number {
    return this.#whole().size
  }

  has(id: Id<string>): boolean {
    const isElement = this.#set.has(id)
    this.#log.read(this.#at.word, this.#at.shift + ordinal(id) - 1, 1)
    return isElement
  }

  add(id: Id<string>): void {
    this.#set.add(id)
    this.#log.write(this.#at.word, this.#at.shift + ordinal(id) - 1, 1)
  }

  delete(id: Id<string>): void {
    this.#set.delete(id)
    this.#log.write(this.#at.word, this.#at.shift + ordinal(id) - 1, 1)
  }

  clear(): void {
    this.#written().clear()
  }

  assign(other: RecordedSet): void {
    const whole = other.#whole()
    this.#written().assign(whole)
  }

  equals(other: RecordedSet): boolean {
    return this.#whole().equals(other.#whole())
  }

  isSubsetOf(other: RecordedSet): boolean {
    return this.#whole().isSubsetOf(other.#whole())
  }

  isDisjointFrom(other: RecordedSet): boolean {
    return this.#whole().isDisjointFrom(other.#whole())
  }

  toArray(): Id<string>[] {
    return this.#whole().toArray()
  }

  #whole(): PackedSet {
    this.#log.read(this.#at.word, this.#at.shift, this.#at.mask)
    return this.#set
  }

  #written(): PackedSet {
    this.#log.write(this.#at.word, this.#at.shift, this.#at.mask)
    return this.#set
  }
}
