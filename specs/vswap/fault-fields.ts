/** What a fault leaves behind where the page cannot be had, and what of that a scenario may take out. Where no read fails it never changes. */
import { array, bool, Thread } from '../../checker/index.js'

/** Field of the state, by its name. */
export const fault_fields = {
  /** do_sigbus(): force_sig_fault(SIGBUS, …) for the thread, which has not seen it yet. */
  sigbus: array(Thread, bool),
}

export const fault_protections = ['look whether the page was read in do_swap_page'] as const
