import { expect } from 'vitest'

/** A run that ends with this code, and says why in one line on standard error. */
export function refused(code: number, message: string) {
  return { code, stderr: expect.stringMatching(new RegExp(`^swapcheck: [^\n]*${message.replace(/[.*+?()|[\]\\^$]/g, '\\$&')}[^\n]*\n$`)) }
}
