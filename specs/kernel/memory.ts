/**
 * Memory with a life: a pool is an array of records that have a `life`, a ghost which says what the allocator knows.
 *
 * What a freed object held is never seen again. Set its fields to one fixed value as it is freed (what its constructor sets will do):
 * states that differ in the remains of a freed object only are then one state.
 */
import {
  type ArrayView,
  assert,
  asserted,
  choose,
  type Id,
  oneOf,
  type RecordField,
  type RecordView,
  type Ref,
} from '../../checker/index.js'

/** Field `life` of every record in a pool. `rcu`: given to `kfree_rcu`, intact until a grace period is over. */
export const life = oneOf('free', 'live', 'rcu')
type Life = 'free' | 'live' | 'rcu'
export interface Mortal {
  readonly life: typeof life
}

/** `array(Desc, record({ life, … }))`, as a spec sees it. */
export type Pool<N extends string, F extends Mortal> = ArrayView<N, RecordField<F>>

export const NoUseAfterFree = asserted('NoUseAfterFree', 'No step touches freed memory, or dereferences NULL.')
export const NoDoubleFree = asserted('NoDoubleFree', 'Nothing is freed twice.')

/**
 * `*object`: what a pointer leads to. Every access through a pointer whose object another thread may have freed goes through here.
 *
 * @throws AssertionFailure of `NoUseAfterFree`
 */
export function live<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Ref<N>): RecordView<F> {
  assert(object !== 0, 'NULL pointer dereference', NoUseAfterFree)
  const view = at(pool, object)
  assert(view.life !== 'free', 'use after free', NoUseAfterFree)
  return view
}

/**
 * `kmem_cache_alloc(cache)`: the first free object, or 0 where none is (-ENOMEM). It stands for any of them, as free objects are alike;
 * except where someone still has a pointer to a freed object and compares it with new ones: `alloc_any` is for that.
 */
export function alloc<N extends string, F extends Mortal>(pool: Pool<N, F>): Ref<N> {
  for (const object of pool.ids) {
    if (at(pool, object).life === 'free') return begin(pool, object)
  }
  return 0
}

/** The same with any of the free objects: explores that the address of a freed object is used again, and that it is not. */
export function alloc_any<N extends string, F extends Mortal>(pool: Pool<N, F>): Ref<N> {
  const free = pool.ids.filter((object) => at(pool, object).life === 'free')
  return free.length === 0 ? 0 : begin(pool, choose(free))
}

/**
 * `kfree(object)`: any `alloc` after it may return the object.
 *
 * @throws AssertionFailure of `NoDoubleFree` where the object is not live
 */
export function free<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Ref<N>): void {
  end(pool, object, 'live', 'free')
}

/** The step of an object's life towards `free`; what `kfree`, `kfree_rcu` and its callback have in common. */
export function end<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Ref<N>, from: 'live' | 'rcu', to: 'rcu' | 'free'): Id<N> {
  assert(object !== 0, 'free of NULL', NoDoubleFree)
  const view = at(pool, object)
  assert(view.life === from, 'double free', NoDoubleFree)
  view.life = to
  return object
}

/** For what may look at a freed object: invariants, and the guard of an RCU callback. */
export function life_of<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Id<N>): Life {
  return at(pool, object).life
}

function begin<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Id<N>): Id<N> {
  at(pool, object).life = 'live'
  return object
}

/** The compiler does not follow an index into an array over a domain that it does not know; this says what is there. */
function at<N extends string, F extends Mortal>(pool: Pool<N, F>, object: Id<N>): RecordView<F> & { life: Life } {
  return pool[object] as unknown as RecordView<F> & { life: Life }
}
