/** What a random machine refines, or seems to: some of its variables, of which each changes as it likes but for a rule that is drawn. */
import { language } from '../machine/language.js'
import type { Refinement } from '../property/property.js'
import type { Domain } from '../schema/domain.js'
import { type Fields, schema } from '../schema/field.js'
import type { Draw } from './draw.js'
import { Compiler, type Effect, type Path, type Test } from './random-program.js'
import { placesOf } from './random-schema.js'

export interface RefinementPlan {
  readonly fields: Fields
  /** Where the machine has each variable. */
  readonly of: Readonly<Record<string, Path>>
  readonly init: readonly Effect[]
  readonly actions: readonly { readonly guard: Test; readonly effect: readonly Effect[] }[]
}

/** Most variables have no more values. */
const VALUES = 6

export function drawRefinement(draw: Draw, fields: Fields): RefinementPlan {
  const scalars = placesOf('s', fields).filter((p) => p.field.kind !== 'set')
  const seen = draw.list(1, 2, (i) => [`u${i}`, draw.from(scalars)] as const)
  const names = seen.map(([name]) => name)
  const anything = (name: string): Effect => ({ put: ['s', name], value: { choose: VALUES } })
  const rule = (name: string): RefinementPlan['actions'][number] => {
    const read = { read: ['s', name] }
    if (draw.chance(30)) return { guard: 'always', effect: [{ put: ['s', name], value: { next: read, modulo: draw.int(2, 4) } }] }
    const guard: Test = draw.chance(40) ? 'always' : { not: { equal: [read, { code: draw.int(0, 2) }] } }
    return { guard, effect: [anything(name)] }
  }
  return {
    fields: Object.fromEntries(seen.map(([name, { field }]) => [name, field])),
    of: Object.fromEntries(seen.map(([name, { path }]) => [name, path.map((part) => part ?? draw.int(0, 3))])),
    init: names.filter(() => draw.chance(90)).map(anything),
    actions: [...names.map(rule), ...(draw.chance(50) ? [{ guard: 'always', effect: names.map(anything) } as const] : [])],
  }
}

/** The property that a machine with these variables refines it. */
export function refinementOf(plan: RefinementPlan, fields: Fields, sizeOf: (domain: Domain) => number): Refinement {
  const around = { sizeOf, guard: () => true, assert() {} }
  const program = new Compiler({ ...around, roots: { s: plan.fields } })
  const words = language(schema(plan.fields))
  const begin = program.effects(plan.init)
  const of = words.spec({
    name: 'abstract',
    title: 'What is seen of a random machine',
    init: (s) => begin({ s }),
    actions: plan.actions.map(({ guard, effect }, i) => {
      const [test, act] = [program.test(guard), program.effects(effect)]
      return words.action(`b${i}`, { guard: (s) => test({ s }), effect: (s) => act({ s }) })
    }),
    properties: [],
  })
  const copies = Object.entries(plan.of).map(([name, path]): Effect => ({ put: ['abstract', name], value: { read: path } }))
  const map = new Compiler({ ...around, roots: { s: fields, abstract: plan.fields } }).effects(copies)
  return { kind: 'refines', name: 'refines', sentence: 'A random one.', of, map: (s, abstract) => map({ s, abstract }) }
}
