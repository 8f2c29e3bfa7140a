/** The registry: every scenario of every spec. */
import type { Scenario } from '../checker/index.js'
import type { Design } from './comparison/design.js'
import { oneTree, twoTrees } from './dual-tree/design.js'
import { scenariosOf, specNames } from './load.js'
import { hasForked, neverForked } from './object-swap/design.js'
import { design as descriptors } from './swap-desc/design.js'
import { design as slots } from './swap-map/design.js'
import { byLock, bySwapCache } from './tiering/design.js'
import { design as virtual } from './vswap/design.js'

export type { Design } from './comparison/design.js'
export type { Bug, Inexpressible, InVswap } from './corpus/bug.js'
export { bugs, inexpressible, pairOf } from './corpus/index.js'

/** What `specs/COMPARISON.md` compares, in its order. */
export const designs: readonly Design[] = [slots, virtual, descriptors, oneTree, twoTrees, bySwapCache, byLock, neverForked, hasForked]

/** In the order in which `list` shows them; ids are unique. */
export const scenarios: readonly Scenario[] = await scenariosOf(specNames)

export type { Mapping } from './swap-map/recorded/observed.js'
export { type RecordedSpec, recordedSpecs } from './swap-map/recorded/recorded-spec.js'
