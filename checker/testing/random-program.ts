/**
 * The little language of random machines: plain data, so that a failing test prints it, made into the functions of a spec by `Compiler`.
 *
 * Every scalar is handled as its *code*: the place of its value among all values of its field, from 0. A code that a field does
 * not have is taken modulo the number of its values, so no program leaves a range.
 */
import { choose } from '../machine/choice.js'
import type { Domain, Id } from '../schema/domain.js'
import type { ArrayField, Field, Fields, RecordField, ScalarField, SetField } from '../schema/field.js'
import type { SetView } from '../schema/view.js'

/** What a program can see: the state `s`, the frame `me`, the parameters `args`, the state `before` a step. */
export type Scope = Readonly<Record<string, object>>
/** `['s', 'pool', 2, 'refs']`; an index that is a number is computed, and taken modulo the size of the array. */
export type Path = readonly (string | number | Num)[]
export type Num =
  | { readonly code: number }
  | { readonly read: Path }
  | { readonly sizeOf: Path }
  | { readonly choose: number }
  | { readonly chooseFrom: Domain }
  | { readonly next: Num; readonly modulo: number }
export type Test =
  | 'always'
  | { readonly equal: readonly [Num, Num] }
  | { readonly less: readonly [Num, Num] }
  | { readonly isIn: Path; readonly element: Num }
  | { readonly subset: readonly [Path, Path] }
  | { readonly not: Test }
  | { readonly both: readonly [Test, Test] }
  | { readonly guard: string }
export type Effect =
  | { readonly put: Path; readonly value: Num }
  | { readonly add: Path; readonly element: Num }
  | { readonly remove: Path; readonly element: Num }
  | { readonly clear: Path }
  | { readonly copy: Path; readonly to: Path }
  | { readonly assert: Test; readonly text: string }
  | { readonly when: Test; readonly do: readonly Effect[] }

/** The text of the assertions that belong to a declared property of this name. */
export const PROMISE = 'promise'
export const PROTECTIONS = ['p', 'q'] as const

/** What the names that programs use stand for. */
export interface Surroundings {
  /** The fields of each root of a path. */
  readonly roots: Readonly<Record<string, Fields>>
  readonly sizeOf: (domain: Domain) => number
  readonly guard: (protection: string) => boolean
  readonly assert: (condition: boolean, text: string) => void
}

export class Compiler {
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  test(test: Test): (scope: Scope) => boolean {
    if (test === 'always') return () => true
    if ('equal' in test) return this.#compare(test.equal, (a, b) => a === b)
    if ('less' in test) return this.#compare(test.less, (a, b) => a < b)
    if ('isIn' in test) {
      const [set, element] = [this.#set(test.isIn), this.num(test.element)]
      return (scope) => set.at(scope).has(set.element(element(scope)))
    }
    if ('subset' in test) {
      const [a, b] = [this.#set(test.subset[0]), this.#set(test.subset[1])]
      return (scope) => a.at(scope).isSubsetOf(b.at(scope))
    }
    if ('guard' in test) return () => this.#around.guard(test.guard)
    if ('not' in test) {
      const inner = this.test(test.not)
      return (scope) => !inner(scope)
    }
    const [a, b] = [this.test(test.both[0]), this.test(test.both[1])]
    return (scope) => a(scope) && b(scope)
  }

  effects(effects: readonly Effect[]): (scope: Scope) => void {
    const all = effects.map((e) => this.#effect(e))
    return (scope) => {
      for (const effect of all) effect(scope)
    }
  }

  num(num: Num): (scope: Scope) => number {
    if ('code' in num) return () => num.code
    if ('choose' in num) return () => choose(num.choose)
    if ('chooseFrom' in num) return () => Number(choose(num.chooseFrom)) - 1
    if ('sizeOf' in num) {
      const set = this.#set(num.sizeOf)
      return (scope) => set.at(scope).size
    }
    if ('next' in num) {
      const inner = this.num(num.next)
      return (scope) => modulo(inner(scope) + 1, num.modulo)
    }
    const { holder, key, field } = this.#place(num.read)
    const { sizeOf } = this.#around
    return (scope) => codeOf(field as ScalarField, holder(scope)[key(scope)], sizeOf)
  }

  /** The value with a code, as a step writes it. */
  value(field: ScalarField, num: Num): (scope: Scope) => unknown {
    const code = this.num(num)
    return (scope) => withCode(field, code(scope), this.#around.sizeOf)
  }

  #compare([a, b]: readonly [Num, Num], by: (a: number, b: number) => boolean): (scope: Scope) => boolean {
    const [left, right] = [this.num(a), this.num(b)]
    return (scope) => by(left(scope), right(scope))
  }

  #effect(effect: Effect): (scope: Scope) => void {
    if ('put' in effect) return this.#put(effect.put, effect.value)
    if ('clear' in effect) {
      const set = this.#set(effect.clear)
      return (scope) => set.at(scope).clear()
    }
    if ('copy' in effect) {
      const [from, to] = [this.#set(effect.copy), this.#set(effect.to)]
      return (scope) => to.at(scope).assign(from.at(scope))
    }
    if ('assert' in effect) {
      const test = this.test(effect.assert)
      return (scope) => this.#around.assert(test(scope), effect.text)
    }
    if ('when' in effect) {
      const [test, inner] = [this.test(effect.when), this.effects(effect.do)]
      return (scope) => (test(scope) ? inner(scope) : undefined)
    }
    const [set, element] = [this.#set('add' in effect ? effect.add : effect.remove), this.num(effect.element)]
    const method = 'add' in effect ? 'add' : 'delete'
    return (scope) => set.at(scope)[method](set.element(element(scope)))
  }

  #put(path: Path, num: Num): (scope: Scope) => void {
    const { holder, key, field } = this.#place(path)
    const value = this.value(field as ScalarField, num)
    return (scope) => {
      holder(scope)[key(scope)] = value(scope)
    }
  }

  #set(path: Path) {
    const { holder, key, field } = this.#place(path)
    const size = this.#around.sizeOf((field as SetField).domain)
    return {
      at: (scope: Scope) => holder(scope)[key(scope)] as SetView<string>,
      element: (code: number) => (1 + modulo(code, size)) as unknown as Id<string>,
    }
  }

  /** Where a path ends: the object around it, its key there, and its field. */
  #place(path: Path) {
    type Holder = Record<string | number, unknown>
    const root = path[0] as string
    let field: Field = { kind: 'record', fields: this.#around.roots[root] }
    let holder = (scope: Scope): Holder => scope as Holder
    let key: (scope: Scope) => string | number = () => root
    for (const part of path.slice(1)) {
      const [outer, outerKey] = [holder, key]
      holder = (scope) => outer(scope)[outerKey(scope)] as Holder
      key = this.#key(field as ArrayField | RecordField, part)
      field = field.kind === 'array' ? (field.of as Field) : ((field as RecordField<Fields>).fields[part as string] as Field)
    }
    return { holder, key, field }
  }

  #key(around: ArrayField | RecordField, part: string | number | Num): (scope: Scope) => string | number {
    if (typeof part === 'string') return () => part
    const size = around.kind === 'array' ? this.#around.sizeOf(around.domain) : 1
    const code = typeof part === 'number' ? () => part : this.num(part)
    return (scope) => 1 + modulo(code(scope), size)
  }
}

function withCode(field: ScalarField, code: number, sizeOf: (d: Domain) => number): unknown {
  const n = modulo(code, valuesIn(field, sizeOf))
  switch (field.kind) {
    case 'int':
      return field.lo + n
    case 'bool':
      return n === 1
    case 'oneOf':
      return field.names[n]
    case 'ref':
      return n
    case 'domain':
      return n + 1
  }
}

/** An element of a domain that was never set is 0; its code is that of element 1. */
function codeOf(field: ScalarField, value: unknown, sizeOf: (d: Domain) => number): number {
  if (field.kind === 'oneOf') return field.names.indexOf(value as string)
  const code = Number(value) - (field.kind === 'int' ? field.lo : field.kind === 'domain' ? 1 : 0)
  if (code < -1 || code >= valuesIn(field, sizeOf)) throw new Error(`read ${String(value)}, which is no ${field.kind}`)
  return Math.max(0, code)
}

function valuesIn(field: ScalarField, sizeOf: (d: Domain) => number): number {
  switch (field.kind) {
    case 'int':
      return field.hi - field.lo + 1
    case 'bool':
      return 2
    case 'oneOf':
      return field.names.length
    case 'ref':
      return sizeOf(field.domain) + 1
    case 'domain':
      return sizeOf(field)
  }
}

function modulo(n: number, count: number): number {
  return ((n % count) + count) % count
}
