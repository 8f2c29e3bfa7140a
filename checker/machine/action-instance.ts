/** An action with its parameters filled in. */
import { SpecFault } from '../fault.js'
import type { SizeOf } from '../schema/layout.js'
import { idsOf } from '../schema/packed-view.js'
import type { Action, ParameterField } from './action.js'

export interface ActionInstance {
  readonly action: Action
  /** Index of the action in the spec: its step in the system. */
  readonly step: number
  readonly args: Readonly<Record<string, unknown>>
}

/** Every action with every combination of its parameters; the last parameter turns fastest. */
export function actionInstances(actions: readonly Action[], sizeOf: SizeOf): ActionInstance[] {
  return actions.flatMap((action, step) => {
    let combinations: Record<string, unknown>[] = [{}]
    for (const [name, field] of Object.entries(action.params)) {
      const values = valuesOf(field, sizeOf)
      if (values.length === 0) throw new SpecFault('schema', `action ${action.name}: parameter '${name}' ranges over nothing`)
      combinations = combinations.flatMap((args) => values.map((value) => ({ ...args, [name]: value })))
    }
    return combinations.map((args) => ({ action, step, args: Object.freeze(args) }))
  })
}

function valuesOf(field: ParameterField, sizeOf: SizeOf): readonly unknown[] {
  switch (field.kind) {
    case 'domain':
      return idsOf(sizeOf(field))
    case 'int':
      return Array.from({ length: Math.max(0, field.hi - field.lo + 1) }, (_, i) => field.lo + i)
    case 'oneOf':
      return field.names
    case 'bool':
      return [false, true]
  }
}
