import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { lanes } from './lanes.js'
import type { Row } from './rows.js'

const colors = pc.createColors(false)
const row = (lane: number, title: string, ...changes: string[]): Row => ({ lane, title, changes, failed: false, startsLoop: false })
const offsetOf = (lines: string[], text: string) => lines.find((line) => line.includes(text))?.indexOf(text)

describe('lanes', () => {
  test('are as wide as what is in them', () => {
    const lines = lanes(['CPU0 a', 'CPU1 b'], [row(0, 'a_long_function.step'), row(1, 'f.x', 'x 0 -> 1')], 100, colors)
    expect(lines).toEqual([
      'CPU0 a                  CPU1 b',
      '------                  ------',
      'a_long_function.step',
      '                        f.x',
      '                            x 0 -> 1',
    ])
  })

  test('are narrowed where they do not fit, and run on under the lanes to their right', () => {
    const lines = lanes(
      ['CPU0 a', 'CPU1 b', 'CPU2 c'],
      [row(0, 'a_very_long_function_name.step'), row(2, 'another_long_name.x')],
      60,
      colors,
    )
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
    expect(lines).toContain('a_very_long_function_name.step')
    expect(lines.filter((line) => line.includes('another_long_name.x'))).toHaveLength(1)
    expect(offsetOf(lines, 'CPU2 c')).toBe(41)
  })

  test('never narrow to nothing', () => {
    const lines = lanes(['CPU0 zswap shrinker', 'CPU1 fault'], [row(0, 'a'), row(1, 'b')], 5, colors)
    expect(lines.slice(0, 3)).toEqual(['CPU0 zswap        CPU1 fault', 'shrinker', '----------        ----------'])
    expect(offsetOf(lines, 'b')).toBe(18)
  })

  test('without a name have no head', () => expect(lanes([''], [row(0, 'tick')], 100, colors)).toEqual(['tick']))

  test('break long changes at spaces', () => {
    expect(lanes([''], [row(0, 'f.x', 'desc[1].swap_refs 1000000 -> 2000000')], 24, colors)).toEqual([
      'f.x',
      '    desc[1].swap_refs',
      '    1000000 -> 2000000',
    ])
  })
})
