/** Does fairness alone make a property true, whatever the steps do? */
import { type Constraint, strongOf } from './constraints.js'
import type { Scope } from './fair-component.js'
import type { StateGraph } from './state-graph.js'

/**
 * Takes the states of a scope as if each led to each: if they are not fair even so, a behaviour that stays among them breaks the fairness that is
 * assumed, and the property holds of every system. Where no state is in the scope, nothing is implied: the property just holds everywhere.
 */
export function* isImplied(graph: StateGraph, constraints: readonly Constraint[], scope: Scope): Generator<undefined, boolean> {
  const strong = strongOf(constraints)
  let leftOut = 0
  for (;;) {
    const found = yield* look(graph, strong, scope, leftOut)
    if (found.isEmpty) return leftOut !== 0
    if (!found.isAccepted || !found.isWeaklyFair) return true
    if (found.unfair === 0) return false
    leftOut |= found.unfair
  }
}

/** What the states show together in which nothing of `leftOut` is enabled. */
function* look(graph: StateGraph, strong: number, scope: Scope, leftOut: number) {
  const { all } = graph
  let [taken, disabled, everEnabled, isAccepted, isEmpty] = [0, 0, 0, false, true]
  const isDone = (): boolean => isAccepted && ((taken | (disabled & ~strong)) & all) === all
  for (let id = 0; id < graph.size && !isDone(); id++) {
    if (!scope.has(id)) continue
    let fairHere = 0
    const enabled = graph.expand(id, (child, fair) => {
      if (scope.has(child)) fairHere |= fair
    })
    if ((enabled & leftOut) !== 0) continue
    isEmpty = false
    taken |= fairHere | graph.kept
    disabled |= all & ~enabled
    everEnabled |= enabled
    isAccepted ||= scope.accepts(id)
    if ((id & 0xfff) === 0) yield undefined
  }
  return {
    isEmpty,
    isAccepted,
    isWeaklyFair: ((taken | disabled | strong) & all) === all,
    unfair: isDone() ? 0 : strong & everEnabled & ~taken,
  }
}
