import { expect, test } from 'vitest'
import { columns } from './table.js'

test('columns are as wide as their widest cell, numbers are set to the right, and no line ends in spaces', () => {
  const rows = [
    ['step', 'times', 'note'],
    ['lock', '12', ''],
    ['unlock_all', '1,200', 'late'],
  ]
  expect(columns(rows, [1])).toEqual(['step        times  note', 'lock           12', 'unlock_all  1,200  late'])
})

test('no rows', () => expect(columns([])).toEqual([]))
