/** Builds the objects that a spec sees (`s.desc[d].swap_refs`) over the words of a packed state. */
import { SpecFault } from '../fault.js'
import type { AccessLog } from './access-log.js'
import { type ArrayNode, elementPlace, type Node, type RecordNode } from './layout.js'
import { type RecordClass, recordClass } from './record-class.js'
import { recordedArray } from './recorded-array.js'
import { RecordedSet } from './recorded-set.js'
import { ScalarArray } from './scalar-array.js'
import { PackedSet } from './set-view.js'

/**
 * Views over one buffer of words. All records of one shape share a class; all scalar arrays are listed in `arrays`. A view that has a log
 * tells it of every access; its arrays write through, and none is listed.
 */
export class PackedView {
  readonly w: Int32Array
  readonly arrays: ScalarArray[] = []
  readonly #classes = new Map<RecordNode, RecordClass>()
  readonly #log: AccessLog | undefined

  constructor(w: Int32Array, log?: AccessLog) {
    this.w = w
    this.#log = log
  }

  /** The view of a record that starts at `word` and `shift`; `constants` are properties besides its fields. */
  record(node: RecordNode, word: number, shift: number, path: string, constants: Readonly<Record<string, unknown>> = {}): object {
    const parts: Record<string, unknown> = { ...constants }
    for (const m of node.members) {
      if (m.node.kind === 'scalar') continue
      parts[m.name] = this.#part(m.node, word + m.place.word, shift + m.place.shift, path === '' ? m.name : `${path}.${m.name}`)
    }
    const View = this.#classes.get(node) ?? recordClass(node, this.w, this.#log)
    this.#classes.set(node, View)
    return new View(word, shift, path, parts)
  }

  /** Reads the scalar arrays from the words: after the words were replaced, before the view is used. */
  load(): void {
    for (const a of this.arrays) a.load()
  }

  #part(node: Node, word: number, shift: number, path: string): unknown {
    switch (node.kind) {
      case 'scalar':
        throw new Error('a scalar is not a part')
      case 'set':
        return this.#log === undefined
          ? new PackedSet(this.w, word, shift, node.size, path)
          : new RecordedSet(this.w, word, shift, node.size, path, this.#log)
      case 'record':
        return this.record(node, word, shift, path)
      case 'array':
        return this.#array(node, word, shift, path)
    }
  }

  #array(node: ArrayNode, word: number, shift: number, path: string): unknown {
    if (node.of.kind === 'scalar' && this.#log !== undefined) {
      return recordedArray(node, node.of.codec, this.w, { word, shift, path }, idsOf(node.size), this.#log)
    }
    if (node.of.kind === 'scalar') {
      const array = new ScalarArray(node, node.of.codec, this.w, word, shift, path)
      this.arrays.push(array)
      return Object.assign(array.elements, { ids: idsOf(node.size) })
    }
    const elements: unknown[] = [nullTrap(path)]
    for (let i = 0; i < node.size; i++) {
      const place = elementPlace(node, i)
      elements.push(this.#part(node.of, word + place.word, shift + place.shift, `${path}[${i + 1}]`))
    }
    return Object.freeze(Object.assign(elements, { ids: idsOf(node.size) }))
  }
}

/** The ids 1..size of a domain. Not frozen: V8 walks a frozen array several times slower. */
export function idsOf(size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => i + 1)
}

/** What stands at index 0 of an array of records: any use of it is the dereference of a NULL pointer. */
function nullTrap(path: string): object {
  const refuse = (_: object, key: string | symbol): never => {
    throw new SpecFault('range', `${path}[0].${String(key)}: NULL was dereferenced; test the reference first`)
  }
  return new Proxy({}, { get: refuse, set: refuse })
}
