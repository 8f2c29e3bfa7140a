import { expect, test } from 'vitest'
import { formatSize, parseSize } from './size.js'

test.each([
  ['500M', 500 * 2 ** 20, '500 MB'],
  ['4G', 4 * 2 ** 30, '4 GB'],
  ['1.5g', 1.5 * 2 ** 30, '1.5 GB'],
  ['64k', 2 ** 16, '64 KB'],
  ['2T', 2 ** 41, '2 TB'],
  ['2000K', 2_048_000, '2 MB'],
  ['2000T', 2000 * 2 ** 40, '2,000 TB'],
])('%s is %i bytes, which is %s', (text, bytes, size) => {
  expect(parseSize(text)).toBe(bytes)
  expect(formatSize(bytes)).toBe(size)
})

test.each([
  [0, '0 bytes'],
  [1023, '1,023 bytes'],
  [1024, '1 KB'],
])('%i bytes are %s', (bytes, size) => expect(formatSize(bytes)).toBe(size))

test.each(['', '500', 'M', '0M', '-1M', '4 G', '4GB', '1e3M', '0.0001K'])("'%s' is no size", (text) => {
  expect(parseSize(text)).toBeUndefined()
})
