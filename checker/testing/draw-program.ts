/** Draws tests, numbers and effects over the places that a program can see. */
import type { SetField } from '../schema/field.js'
import type { Draw } from './draw.js'
import { type Effect, type Num, type Path, PROMISE, PROTECTIONS, type Test } from './random-program.js'
import { DOMAINS, type Place } from './random-schema.js'

type SetPlace = Place & { readonly field: SetField }

function isSet(place: Place): place is SetPlace {
  return place.field.kind === 'set'
}

export class ProgramDrawer {
  readonly #draw: Draw
  readonly #writable: readonly Place[]
  readonly #scalars: readonly Place[]
  readonly #sets: readonly SetPlace[]

  /** @param constants places that may only be read: with them alone, what is drawn is a function of the state, and chooses nothing */
  constructor(draw: Draw, writable: readonly Place[], constants: readonly Place[] = []) {
    this.#draw = draw
    this.#writable = writable
    const all = [...writable, ...constants]
    this.#scalars = all.filter((p) => p.field.kind !== 'set')
    this.#sets = all.filter(isSet)
  }

  constant(): Num {
    return { code: this.#draw.from([0, 1, 2, -1]) }
  }

  num(depth = 1): Num {
    const kind = this.#draw.int(0, 9)
    if (kind < 3 || depth === 0) return this.constant()
    if (kind < 6 && this.#scalars.length > 0) return { read: this.#path(this.#draw.from(this.#scalars), depth) }
    if (kind < 8 && this.#writable.length > 0)
      return this.#draw.chance(50) ? { choose: this.#draw.int(1, 3) } : { chooseFrom: this.#draw.from(DOMAINS) }
    if (kind === 8 && this.#sets.length > 0) return { sizeOf: this.#path(this.#draw.from(this.#sets), depth) }
    return { next: this.num(depth), modulo: this.#draw.int(2, 4) }
  }

  test(depth = 2): Test {
    const kind = this.#draw.int(0, depth > 0 ? 9 : 6)
    if (kind < 4 && this.#scalars.length > 0) return { equal: [{ read: this.#path(this.#draw.from(this.#scalars), 1) }, this.num()] }
    if (kind === 4) return { less: [this.num(), this.num()] }
    if (kind === 5) return { guard: this.#draw.from(PROTECTIONS) }
    if (kind === 6 && this.#sets.length > 0) return this.#setTest()
    if (kind === 7) return { both: [this.test(depth - 1), this.test(depth - 1)] }
    return { not: this.test(depth > 0 ? depth - 1 : 0) }
  }

  /** Two or three equalities with what is no initial value: false in the first states, true in some later one with luck. */
  rare(): Test {
    const equality = (): Test => {
      if (this.#scalars.length === 0) return this.test()
      return { equal: [{ read: this.#path(this.#draw.from(this.#scalars), 1) }, { code: this.#draw.from([1, 2, -1]) }] }
    }
    const both: Test = { both: [equality(), this.#draw.chance(50) ? equality() : this.test()] }
    return this.#draw.chance(30) ? { both: [both, equality()] } : both
  }

  /** True more often than not. */
  guard(): Test {
    return this.#draw.chance(75) ? 'always' : this.test()
  }

  effect(depth = 1): Effect {
    const kind = this.#draw.int(0, 9)
    if (kind === 8 && depth > 0) return { when: this.test(), do: this.#draw.list(1, 2, () => this.effect(depth - 1)) }
    if (kind < 9) return this.write()
    return { assert: { not: this.rare() }, text: this.#draw.from([PROMISE, 'WARN_ON']) }
  }

  write(): Effect {
    const place = this.#draw.from(this.#writable)
    return isSet(place) ? this.#writeSet(place) : this.#put(this.#path(place, 1))
  }

  /** Often a count that wraps, so that there is somewhere to go. */
  #put(path: Path): Effect {
    const value: Num = this.#draw.chance(60) ? { next: { read: path }, modulo: this.#draw.int(2, 4) } : this.num()
    return { put: path, value }
  }

  #setTest(): Test {
    const set = this.#draw.from(this.#sets)
    const twins = this.#sets.filter((p) => p.field.domain === set.field.domain)
    if (this.#draw.chance(30)) return { subset: [this.#path(set, 1), this.#path(this.#draw.from(twins), 1)] }
    return { isIn: this.#path(set, 1), element: this.num() }
  }

  #writeSet(place: SetPlace): Effect {
    const path = this.#path(place, 1)
    const kind = this.#draw.int(0, 9)
    if (kind < 5) return { add: path, element: this.num() }
    if (kind < 8) return { remove: path, element: this.num() }
    const twins = this.#sets.filter((p) => p.field.domain === place.field.domain)
    return kind === 8 ? { clear: path } : { copy: this.#path(this.#draw.from(twins), 1), to: path }
  }

  /** Fixes the indices of a place: mostly to a constant, sometimes to a number computed from the state. */
  #path({ path }: Place, depth: number): Path {
    return path.map((part) => part ?? (depth > 0 && this.#draw.chance(30) ? this.num(depth - 1) : this.#draw.int(0, 3)))
  }
}
