/** A guarded action, TLA+ style: name, parameters, guard and effect in one object. Explored once for each combination of parameters. */
import type { Domain } from '../schema/domain.js'
import type { BoolField, EnumField, IntField } from '../schema/field.js'

/** What a parameter ranges over: the elements of a domain (never NULL), an integer range, a list of names, or both booleans. */
export type ParameterField = Domain | IntField | EnumField | BoolField
export type Parameters = Readonly<Record<string, ParameterField>>

export interface Action {
  readonly kind: 'action'
  readonly name: string
  readonly params: Parameters
  readonly guard: (s: object, args: object) => boolean
  readonly effect: (s: object, args: object) => void
}
