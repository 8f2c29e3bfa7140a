import { expect, test } from 'vitest'
import { printable, printableColored, printableLine } from './printable.js'

test('control characters are not printed, line ends are', () => {
  expect(printable('a\u001b[31mb\u0007\r\n\u009bc é')).toBe('a?[31mb??\n?c é')
})

test('on one line, line ends are not', () => expect(printableLine('a\r\nb\u001b')).toBe('a??b?'))

test('colours stay where they are wanted, and nothing else', () => {
  expect(printableColored('\u001b[31mred\u001b[39m\n\u001b[2J\r')).toBe('\u001b[31mred\u001b[39m\n?[2J?')
})
