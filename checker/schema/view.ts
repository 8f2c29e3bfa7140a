/** What a field looks like to the author of a spec: the types of the views over a packed state. */
import type { Domain, Id, Ref } from './domain.js'
import type { ArrayField, BoolField, EnumField, IntField, RecordField, RefField, SetField } from './field.js'

export type View<F> = F extends IntField
  ? number
  : F extends BoolField
    ? boolean
    : F extends EnumField<infer V>
      ? V
      : F extends RefField<infer N>
        ? Ref<N>
        : F extends Domain<infer N>
          ? Id<N>
          : F extends SetField<infer N>
            ? SetView<N>
            : F extends ArrayField<infer N, infer E>
              ? ArrayView<N, E>
              : F extends RecordField<infer R>
                ? RecordView<R>
                : never

/** Scalars can be assigned; sets, arrays and records are changed in place. */
export type RecordView<R> = { -readonly [K in keyof R as R[K] extends Composite ? never : K]: View<R[K]> } & {
  readonly [K in keyof R as R[K] extends Composite ? K : never]: View<R[K]>
}

/** Indexed by the ids of its domain, and by nothing else. */
export type ArrayView<N extends string, E> = ArrayExtras<N, E> &
  (E extends Composite ? { readonly [K in Id<N>]: View<E> } : { -readonly [K in Id<N>]: View<E> })

interface ArrayExtras<N extends string, E> {
  /** The ids of the domain, in order. */
  readonly ids: readonly Id<N>[]
  /** For the compiler alone: from this it infers the domain and the elements of an array that is passed to a function. */
  readonly types?: { readonly domain: N; readonly of: E }
}

/** A set held as bits in the state. */
export interface SetView<N extends string> {
  /** How many elements it holds. */
  readonly size: number
  has(id: Id<N>): boolean
  add(id: Id<N>): void
  delete(id: Id<N>): void
  clear(): void
  /** Makes this set equal to another over the same domain. */
  assign(other: SetView<N>): void
  equals(other: SetView<N>): boolean
  isSubsetOf(other: SetView<N>): boolean
  isDisjointFrom(other: SetView<N>): boolean
  /** Its elements in order. Allocates: not for the hottest steps. */
  toArray(): Id<N>[]
}

type Composite = SetField | ArrayField | RecordField
