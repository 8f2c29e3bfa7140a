/**
 * Wait queues (include/linux/wait.h, kernel/sched/wait.c). A wait for a condition is these steps, in this order, or a wake-up is lost:
 *
 *     prepare(s, me) { prepare_to_wait(s.wq, me.self); return 'check' }
 *     check(s, me)   { return condition ? 'finish' : 'schedule' }
 *     schedule(s, me) { return is_sleeping(s.wq, me.self) ? blocked : 'prepare' }
 *     finish(s, me)  { finish_wait(s.wq, me.self); … }
 *
 * Left out: exclusive waiters, signals; and that a waiter of `prepare_to_wait` leaves the queue when it is woken (here it leaves in
 * `finish_wait`), which only `waitqueue_active` could tell. A sleep with a timeout may end at any time, so it is no step.
 */
import { type Id, record, set, Thread, type View } from '../../checker/index.js'

/** Field of a schema. It starts empty. */
export const wait_queue_head_t = record({
  /** On the queue. */
  waiters: set(Thread),
  /** Of these, whose state is TASK_UNINTERRUPTIBLE: not woken since it was set. */
  sleeping: set(Thread),
})
export type WaitQueueHead = View<typeof wait_queue_head_t>

/** `add_wait_queue(&wq, &wait)`: under wq->lock. The thread still runs. */
export function add_wait_queue(wq: WaitQueueHead, self: Id<'thread'>): void {
  wq.waiters.add(self)
}

/** `set_current_state(TASK_UNINTERRUPTIBLE)`: from here on `schedule` sleeps until a wake-up. */
export function set_current_state(wq: WaitQueueHead, self: Id<'thread'>): void {
  wq.sleeping.add(self)
}

/** `prepare_to_wait(&wq, &wait, TASK_UNINTERRUPTIBLE)`: both in one step, under wq->lock. */
export function prepare_to_wait(wq: WaitQueueHead, self: Id<'thread'>): void {
  add_wait_queue(wq, self)
  set_current_state(wq, self)
}

/** In `schedule()`: true while the thread is not woken; the step then returns `blocked`. */
export function is_sleeping(wq: WaitQueueHead, self: Id<'thread'>): boolean {
  return wq.sleeping.has(self)
}

/** `wake_up(&wq)`: everyone on the queue runs again. One step, under wq->lock. Who is not on the queue is not woken. */
export function wake_up(wq: WaitQueueHead): void {
  for (const thread of wq.waiters.toArray()) wq.sleeping.delete(thread)
}

/** `waitqueue_active(&wq)`: read without wq->lock. */
export function waitqueue_active(wq: WaitQueueHead): boolean {
  return wq.waiters.size > 0
}

/** `finish_wait(&wq, &wait)`, or `__set_current_state(TASK_RUNNING)` and `remove_wait_queue(&wq, &wait)`: under wq->lock. */
export function finish_wait(wq: WaitQueueHead, self: Id<'thread'>): void {
  wq.sleeping.delete(self)
  wq.waiters.delete(self)
}
