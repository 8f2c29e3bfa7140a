/** Views that tell a log of every access, on random schemas: they do what plain views do, and the log misses nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Choices, setRunning } from '../machine/choice.js'
import { Draw } from '../testing/draw.js'
import { ProgramDrawer } from '../testing/draw-program.js'
import { Compiler } from '../testing/random-program.js'
import { drawBounds, drawFields, placesOf } from '../testing/random-schema.js'
import type { AccessLog } from './access-log.js'
import { schema } from './field.js'
import { writeInitial } from './initial-words.js'
import { layout, type RecordNode, type SizeOf } from './layout.js'
import { PackedView } from './packed-view.js'

/** Which bits were read before they were written, and which were written. */
class Heard implements AccessLog {
  readonly reads: Int32Array
  readonly writes: Int32Array

  constructor(words: number) {
    this.reads = new Int32Array(words)
    this.writes = new Int32Array(words)
  }

  read(word: number, shift: number, mask: number): void {
    this.reads[word] = (this.reads[word] ?? 0) | ((mask << shift) & ~(this.writes[word] ?? 0))
  }

  write(word: number, shift: number, mask: number): void {
    this.writes[word] = (this.writes[word] ?? 0) | (mask << shift)
  }
}

/** A random program over a random schema, run on packed states. */
class Subject {
  readonly words: number
  readonly #node: RecordNode
  readonly #sizeOf: SizeOf
  readonly #run: (s: object) => void
  readonly #prepare: (s: object) => void
  #seen: unknown[] = []

  constructor(draw: Draw) {
    const [fields, bounds] = [drawFields(draw), drawBounds(draw)]
    this.#sizeOf = (d) => bounds[d.name] ?? d.size
    this.#node = layout(schema(fields), this.#sizeOf, '') as RecordNode
    this.words = 'words' in this.#node.extent ? this.#node.extent.words : 1
    const drawer = new ProgramDrawer(draw, placesOf('s', fields))
    const compiler = new Compiler({
      roots: { s: fields },
      sizeOf: this.#sizeOf,
      guard: () => false,
      assert: (isTrue) => this.#seen.push(isTrue),
    })
    const first = compiler.effects(draw.list(0, 8, () => drawer.write()))
    const effects = compiler.effects(draw.list(1, 6, () => drawer.effect(2)))
    const tests = draw.list(1, 2, () => compiler.test(drawer.test(2)))
    this.#prepare = (s) => first({ s })
    this.#run = (s) => {
      effects({ s })
      for (const holds of tests) this.#seen.push(holds({ s }))
    }
  }

  /** Some state in which all values are in range. */
  start(): Int32Array {
    const w = new Int32Array(this.words)
    writeInitial(this.#node, w, 0, 0)
    return this.#on(this.#prepare, w).w
  }

  /** What the program sees, and the state that it leaves. */
  from(state: Int32Array, log?: AccessLog): { w: Int32Array; seen: unknown[] } {
    return this.#on(this.#run, state.slice(), log)
  }

  #on(run: (s: object) => void, w: Int32Array, log?: AccessLog) {
    const choices = new Choices()
    setRunning({ choices, sizeOf: this.#sizeOf })
    choices.reset()
    this.#seen = []
    const view = new PackedView(w, log)
    const s = view.record(this.#node, 0, 0, '')
    view.load()
    run(s)
    for (const a of view.arrays) a.commit()
    return { w, seen: this.#seen }
  }
}

test('a recorded view reads and writes the same as a plain one, and its log has every bit that was needed or changed', () => {
  let [manyWords, changed] = [0, 0]
  const property = fc.property(fc.gen(), fc.infiniteStream(fc.integer()), (g, noise) => {
    const subject = new Subject(new Draw(g))
    const state = subject.start()
    const heard = new Heard(subject.words)
    const recorded = subject.from(state, heard)
    expect(recorded).toEqual(subject.from(state))

    const bits = (w: Int32Array, mask: (word: number) => number) => w.map((word, i) => word & mask(i))
    const written = (i: number) => heard.writes[i] ?? 0
    const unwritten = (i: number) => ~written(i)
    expect(bits(recorded.w, unwritten)).toEqual(bits(state, unwritten))

    const other = state.map((word, i) => word ^ (noise.next().value & ~(heard.reads[i] ?? 0)))
    const again = subject.from(other, new Heard(subject.words))
    expect(again.seen).toEqual(recorded.seen)
    expect(bits(again.w, written)).toEqual(bits(recorded.w, written))
    expect(bits(again.w, unwritten)).toEqual(bits(other, unwritten))

    if (subject.words > 5) manyWords++
    if (recorded.w.some((word, i) => word !== state[i])) changed++
  })
  fc.assert(property, { seed: 5, numRuns: 500 })
  expect(manyWords).toBeGreaterThan(30)
  expect(changed).toBeGreaterThan(100)
})
