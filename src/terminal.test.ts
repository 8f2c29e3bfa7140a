import { expect, test } from 'vitest'
import { printable } from './terminal.js'

test('control characters are not printed, line ends are', () => {
  expect(printable('a\u001b[31mb\u0007\r\n\u009bc é')).toBe('a?[31mb??\n?c é')
})
