/** What the C asserts of itself. */
import { asserted } from '../../checker/index.js'

export const WarnNever = asserted('WarnNever', 'No VM_WARN_ON or VM_BUG_ON fires.')
