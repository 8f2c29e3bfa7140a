import { expect, test } from 'vitest'
import { Btf } from './btf.js'

const strings = '\0swap_info_struct\0flags\0type\0swap_map\0int\0'
const at = (name: string): number => strings.indexOf(`\0${name}\0`) + 1
const words = (...numbers: number[]): Buffer => Buffer.from(new Uint32Array(numbers).buffer)

const INT = [at('int'), 1 << 24, 4, 0]
/** Two members, the second an anonymous union. */
const STRUCT = [at('swap_info_struct'), (4 << 24) | 2, 24, at('flags'), 1, 0, 0, 3, 64]
const UNION = [0, (5 << 24) | 2, 8, at('type'), 1, 0, at('swap_map'), 1, 32]

function btf(...types: number[][]): Buffer {
  const bytes = words(...types.flat())
  const header = Buffer.concat([Buffer.from([0x9f, 0xeb, 1, 0]), words(24, 0, bytes.length, bytes.length, strings.length)])
  return Buffer.concat([header, bytes, Buffer.from(strings)])
}

test('members, those of anonymous unions included', () => {
  const types = new Btf(btf(INT, STRUCT, UNION))
  expect(types.offsetOf('swap_info_struct', 'flags')).toBe(0)
  expect(types.offsetOf('swap_info_struct', 'type')).toBe(8)
  expect(types.offsetOf('swap_info_struct', 'swap_map')).toBe(12)
})

test('what is not there is refused', () => {
  expect(() => new Btf(btf(INT, STRUCT, UNION)).offsetOf('swap_info_struct', 'max')).toThrow('this kernel has no swap_info_struct.max')
  expect(() => new Btf(Buffer.alloc(24))).toThrow('the kernel image has no BTF that this understands')
})
