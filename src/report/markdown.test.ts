import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { printableLine } from '../printable.js'
import { markdownText } from './markdown.js'

test('names stay readable', () => {
  expect(markdownText('vswap/direct-swapin+broken: do_swap_page (CVE-2024-26759)')).toBe(
    'vswap/direct-swapin+broken: do_swap_page (CVE-2024-26759)',
  )
})

test('what means something in Markdown or HTML does not', () => {
  expect(markdownText('_a_ *b* `c` <d> | #1 @e [f](g)\n- h')).toBe(
    '&#95;a&#95; &#42;b&#42; &#96;c&#96; &#60;d&#62; &#124; &#35;1 &#64;e &#91;f&#93;(g)?- h',
  )
})

test.prop([fc.string({ unit: 'binary' })])('it is shown as it is', (text) => {
  const shown = markdownText(text).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  expect(shown).toBe(printableLine(text))
})
