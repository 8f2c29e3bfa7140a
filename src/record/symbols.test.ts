import { expect, test } from 'vitest'
import { Symbols } from './symbols.js'

const symbols = new Symbols(`ffffffff81000030 t twice
ffffffff81000010 T first
ffffffff81000020 t __pfx_second
ffffffff81000028 T second
ffffffff81000040 t twice
ffffffffc0000000 t second\t[module]
`)

test('an extent ends where the next symbol begins; those of modules do not count', () => {
  expect(symbols.extentOf('first')).toEqual({ from: 'ffffffff81000010', to: 'ffffffff81000020' })
  expect(symbols.extentOf('second')).toEqual({ from: 'ffffffff81000028', to: 'ffffffff81000030' })
  expect(symbols.between('first', 'second')).toEqual(['first', 'second'])
  expect(symbols.nameAt('ffffffff81000028')).toBe('second')
  expect(symbols.has('third')).toBe(false)
})

test('a function that is not there once is refused', () => {
  expect(() => symbols.extentOf('third')).toThrow('this kernel has no function third of its own; it was inlined, or is of another version')
  expect(() => symbols.extentOf('twice')).toThrow('this kernel has several functions called twice')
})
