/**
 * percpu_ref (include/linux/percpu-refcount.h, lib/percpu-refcount.c): the reference that keeps a swap device from being torn down.
 *
 * One counter stands for the counters of all CPUs. That is exact: `percpu_ref_kill` sums them only after an RCU grace period, when whoever
 * saw the reference alive has counted itself, so a get is before the kill or fails.
 */
import { assert, bool, type IntField, int, type RecordField, record } from '../../checker/index.js'
import { atomic_dec, atomic_inc, NoUnderflow } from './atomic.js'

export interface PercpuRefFields {
  /** References held; without the initial one, which lives from init or resurrect to kill. */
  readonly count: IntField
  /** False from init with PERCPU_REF_INIT_DEAD, and after a kill. */
  readonly live: typeof bool
}

/** Field of a schema, for at most `max` references. It starts dead, as that of a swap device does. */
export function percpu_ref(max: number): RecordField<PercpuRefFields> {
  return record({ count: int(0, max), live: bool })
}
export interface PercpuRef {
  count: number
  live: boolean
}

/** `percpu_ref_tryget_live(&ref)`: a reference, unless it is dead. One step: see above. */
export function percpu_ref_tryget_live(ref: PercpuRef): boolean {
  if (!ref.live) return false
  atomic_inc(ref, 'count')
  return true
}

/** `percpu_ref_put(&ref)`. The last one after a kill completes `&si->comp`: see `percpu_ref_is_zero`. */
export function percpu_ref_put(ref: PercpuRef): void {
  atomic_dec(ref, 'count')
}

/** `percpu_ref_kill(&ref)`: from here on no one gets a reference. */
export function percpu_ref_kill(ref: PercpuRef): void {
  assert(ref.live, 'percpu_ref_kill_and_confirm called more than once!', NoUnderflow)
  ref.live = false
}

/** `percpu_ref_is_zero(&ref)`: dead, and no reference left; what `wait_for_completion(&si->comp)` waits for. */
export function percpu_ref_is_zero(ref: PercpuRef): boolean {
  return !ref.live && ref.count === 0
}

/** `percpu_ref_resurrect(&ref)`: live again; in swapon, as `enable_swap_info` has set up the device. */
export function percpu_ref_resurrect(ref: PercpuRef): void {
  assert(!ref.live, 'WARN_ON_ONCE(!percpu_ref_is_dying(ref))')
  ref.live = true
}
