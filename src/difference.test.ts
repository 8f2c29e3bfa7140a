import { expect, test } from 'vitest'
import { type ReachableGraph, reachable } from '../checker/index.js'
import { scenarios } from '../specs/index.js'
import { compareGraphs } from './difference.js'

function graphOf(name: string): ReachableGraph {
  const found = scenarios.find((s) => s.name === name)
  const graph = found && reachable(found, 1000)
  if (graph === undefined) throw new Error(`no graph of ${name}`)
  return graph
}
const [peterson, noWait] = [graphOf('peterson-2'), graphOf('peterson-2-no-wait+broken')]

test('a scenario does not differ from itself', () => {
  const { states, transitions, lost, gained } = compareGraphs(peterson, peterson, ['at'])
  expect([states, lost, gained]).toEqual([{ both: 42, lost: 0, gained: 0 }, undefined, undefined])
  // One of the 77 that are generated is the initial state.
  expect([...transitions.values()].reduce((sum, t) => sum + t.both, 0)).toBe(76)
})

test('without the wait, nothing is lost, and what is gained ends in the critical section while the other asks for it', () => {
  const { states, transitions, lost, gained } = compareGraphs(peterson, noWait, ['at'])
  expect(states).toMatchObject({ both: 42, lost: 0 })
  expect(transitions.get('peterson.a3')).toMatchObject({ lost: 0 })
  expect(transitions.get('peterson.a3')?.gained).toBeGreaterThan(0)
  expect(lost).toBeUndefined()
  expect(String(gained?.states.at(-1)?.variables.get('at'))).toBe('Map { 1: "critical", 2: "doorway" }')
})

test('what is gained in one direction is lost in the other', () => {
  const [there, back] = [compareGraphs(peterson, noWait, ['at']), compareGraphs(noWait, peterson, ['at'])]
  expect([back.states.lost, back.states.gained]).toEqual([there.states.gained, there.states.lost])
  expect([back.lost, back.gained]).toEqual([there.gained, there.lost])
})

test('through a variable that the change does not touch, nothing differs', () => {
  expect(compareGraphs(peterson, noWait, [])).toMatchObject({ lost: undefined, gained: undefined })
})
