/** arch/x86/mm/fault.c: do_sigbus(): what becomes of an access to a page that could not be read. */
import { assert, asserted, type Id } from '../../checker/index.js'
import type { State } from './state.js'

export const SigbusHonest = asserted('SigbusHonest', 'A fault ends in SIGBUS only where a read has failed.')

/** if (fault & (VM_FAULT_SIGBUS|…)) do_sigbus(regs, error_code, address, fault); on the way out of the fault, which nobody else can see the end of. */
export function do_sigbus(s: State, self: Id<'thread'>): void {
  assert(s.device.read_failed, 'VM_FAULT_SIGBUS: a page was not read', SigbusHonest)
  s.sigbus[self] = true
}

/** The signal ends the access, which nobody takes up again. */
export function dequeue_sigbus({ sigbus }: State, self: Id<'thread'>): boolean {
  const isPending = sigbus[self]
  if (isPending) sigbus[self] = false
  return isPending
}
