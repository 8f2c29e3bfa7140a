import { expect, test } from 'vitest'
import { Recording } from './recording.js'

const state = Int32Array.of(0b1010_0110, -1)

test('what is read is noted once, in the order of reading, with the value that the state has', () => {
  const recording = new Recording(state)
  recording.begin()
  recording.read(1, 31, 1)
  recording.read(0, 4, 0b1111)
  recording.read(1, 31, 1)
  recording.read(0, 1, 0b111)
  recording.read(0, 5, 0b11)
  expect(recording.reads).toEqual([
    { word: 1, shift: 31, mask: 1, value: 1 },
    { word: 0, shift: 4, mask: 0b1111, value: 0b1010 },
    { word: 0, shift: 1, mask: 0b111, value: 0b011 },
  ])
})

test('bits that the run itself has written are not read from the state; in part they are', () => {
  const recording = new Recording(state)
  recording.begin()
  recording.write(0, 1, 0b11)
  recording.read(0, 1, 0b11)
  recording.read(0, 2, 1)
  recording.write(1, 0, 1)
  expect([recording.reads, [...recording.written]]).toEqual([[], [0b110, 1]])
  recording.read(0, 2, 0b11)
  expect(recording.reads).toEqual([{ word: 0, shift: 2, mask: 0b11, value: 0b01 }])
})

test('what one run wrote is not written for the next, and what it read is read', () => {
  const recording = new Recording(state)
  recording.begin()
  recording.read(0, 0, 1)
  recording.write(0, 1, 1)
  recording.undone()
  expect([...recording.written]).toEqual([0, 0])
  recording.read(0, 0, 1)
  recording.read(0, 1, 1)
  expect(recording.reads.map(({ shift }) => shift)).toEqual([0, 1])
})

test('another unit begins with nothing', () => {
  const recording = new Recording(state)
  recording.begin()
  recording.read(0, 0, 1)
  recording.write(0, 1, 1)
  recording.begin()
  expect([recording.reads, [...recording.written]]).toEqual([[], [0, 0]])
  recording.read(0, 0, 1)
  recording.read(0, 1, 1)
  expect(recording.reads.map(({ shift }) => shift)).toEqual([0, 1])
})

test('a wide read is noted as runs of eight bits at most', () => {
  const recording = new Recording(Int32Array.of(-0x12345678))
  recording.begin()
  recording.read(0, 1, 2 ** 31 - 1)
  const bits = -0x12345678 >>> 1
  expect(recording.reads).toEqual([
    { word: 0, shift: 1, mask: 255, value: bits & 255 },
    { word: 0, shift: 9, mask: 255, value: (bits >>> 8) & 255 },
    { word: 0, shift: 17, mask: 255, value: (bits >>> 16) & 255 },
    { word: 0, shift: 25, mask: 127, value: bits >>> 24 },
  ])
})
