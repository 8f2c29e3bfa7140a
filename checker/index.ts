/** The public door of the checker: what specs and the application may use. */

export { type Allowed, Automaton } from './conform/automaton.js'
export { type EveryRun, followEveryRun, type Projection, type Sight, type Unfollowed } from './conform/every-run.js'
export { Follower } from './conform/follower.js'
export type { Observation, Observer } from './conform/observer.js'
export { type ClusterOption, type DatabaseOption, whyNotInDatabase } from './explore/database.js'
export { explore, exploreInTurns } from './explore/explore.js'
export type { Outside } from './explore/place.js'
export type { Profile, StepProfile, VariableProfile } from './explore/profile.js'
export type { ExploreOptions, Figures, Reduction, Report, StoreKind } from './explore/report.js'
export { Reserve } from './explore/reserve.js'
export type { ScenarioSource } from './explore/shared.js'
export { type FaultKind, SpecFault } from './fault.js'
export type { Action, ParameterField, Parameters } from './machine/action.js'
export { AssertionFailure, assert } from './machine/assertion.js'
export { choose } from './machine/choice.js'
export { type Language, language } from './machine/language.js'
export { isLeftOut, type LeftOut, leavingOut, mayBeLacked, type Taken } from './machine/left-out.js'
export { type Blocked, blocked, type Call, call, type Return, ret, type Sleep, sleep, type TailCall, tail } from './machine/outcome.js'
export type { Frame, Procedure, StepFunction } from './machine/procedure.js'
export { type PlainArgs, type Process, type ProcessKind, process, Thread } from './machine/process.js'
export { type MoreSteps, rewrite, type StepOfProcess } from './machine/rewrite.js'
export { type Expectation, type Scenario, type ScenarioParts, scenario } from './machine/scenario.js'
export type { Spec, SpecParts } from './machine/spec.js'
export { isNamed } from './machine/step-name.js'
export type { Me } from './machine/steps.js'
export { type CpuFairness, type Fairness, oneCpu, type Recurrence, type StepFairness, strong, weak } from './property/fairness.js'
export { askedOf } from './property/properties-of.js'
export {
  type AssertedProperty,
  asserted,
  type Invariant,
  type MustFail,
  type Property,
  type Quiescent,
  type Reachable,
  type Refinement,
  type StepProperty,
  type Temporal,
  type TemporalForm,
} from './property/property.js'
export type { Decoded, DecodedRecord } from './schema/decode.js'
export { type Domain, domain, type Id, known, nth, ordinal, type Ref } from './schema/domain.js'
export {
  type ArrayField,
  array,
  type BoolField,
  bool,
  type EnumField,
  type Field,
  type Fields,
  type IntField,
  int,
  type LocalField,
  oneOf,
  type RecordField,
  type RefField,
  record,
  ref,
  type ScalarField,
  type SetField,
  schema,
  set,
} from './schema/field.js'
export type { ArrayView, RecordView, SetView, View } from './schema/view.js'
export { type ClickhouseOptions, openClickhouse } from './store/clickhouse-cluster.js'
export { createDuckdb, type DuckdbOptions, openDuckdb } from './store/duckdb-database.js'
export { DatabaseFault, type LevelDatabase, type OpenDatabase } from './store/level-database.js'
export { type Difference, diffStates, type Path } from './trace/diff.js'
export { distinguish, type Viewed } from './trace/distinguish.js'
export type { Claim } from './trace/ending.js'
export { type ReachableGraph, reachable } from './trace/reachable.js'
export { type NotABehaviour, type Recorded, type Replay, type Replayed, replay } from './trace/replay.js'
export { type ScheduledRun, Scheduler } from './trace/scheduled.js'
export type { ProcessState, Trace, TraceState, TraceStep } from './trace/trace.js'
export { isSameStep } from './trace/trace-step.js'
export { type Position, Walker, type WayOn } from './trace/walker.js'
export type { Deadlock, Holds, Incomplete, SpecError, VacuityReason, Vacuous, Verdict, Violated } from './verdict.js'
