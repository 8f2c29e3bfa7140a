/** Which field of the schema a value in a trace belongs to, and what that field starts as. */
import { Set as ImmutableSet, is } from 'immutable'
import type { Decoded, Difference, Field, Path, Procedure, Scenario } from '../../checker/index.js'

/** The field at the end of a path into the spec's variables or a process's locals. */
export function fieldAt(scenario: Scenario, { process, path }: Pick<Difference, 'process' | 'path'>): Field | undefined {
  if (process === undefined) return follow(scenario.spec.state as Field, path)
  const [name, ...rest] = path
  const root = scenario.run?.[process]?.procedure
  const procedure = root && procedureCalled(root, String(name))
  const [local, ...inside] = rest
  const field = procedure && { ...procedure.args, ...procedure.locals }[String(local)]
  return field && follow(field, inside)
}

function follow(field: Field, path: Path): Field | undefined {
  const [key, ...rest] = path
  if (key === undefined) return field
  if (field.kind === 'array') return follow(field.of as Field, rest)
  const inner = field.kind === 'record' ? (field.fields as Readonly<Record<string, Field>>)[key] : undefined
  return inner && follow(inner, rest)
}

/** A procedure by its name, if that is what `from` is, or calls. */
export function procedureCalled(from: Procedure, name: string): Procedure | undefined {
  if (from.name === name) return from
  for (const callee of from.calls) {
    const found = procedureCalled(callee, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The value that the field has unless an `init` or an argument says otherwise. */
export function initialValue(field: Field | undefined): Decoded {
  switch (field?.kind) {
    case 'int':
      return field.lo <= 0 && field.hi >= 0 ? 0 : field.lo
    case 'bool':
      return false
    case 'oneOf':
      return field.names[0] ?? ''
    case 'set':
      return ImmutableSet()
    default:
      return 0
  }
}

export function isInitial(value: Decoded, field: Field | undefined): boolean {
  return is(value, initialValue(field))
}
