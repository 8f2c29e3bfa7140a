import pc from 'picocolors'
import { expect, test } from 'vitest'
import type { Profile } from '../../checker/index.js'
import { profileLines } from './profile.js'

const page = { width: 70, colors: pc.createColors(false) }
const profile: Profile = {
  steps: [
    { name: 'fault/do_swap_page.lookup', generated: 1200, new: 1100, selfLoops: 0, share: 0.25 },
    { name: 'never', generated: 0, new: 0, selfLoops: 0, share: 0 },
    { name: 'tick', generated: 34_000, new: 899, selfLoops: 12, share: 0.75 },
  ],
  variables: [
    { name: 'turn', values: 2 },
    { name: 'desc[].swap_refs', values: 1000 },
    { name: 'fault/do_swap_page.entry', values: 0 },
  ],
  sampled: 512,
}

test('steps, variables and depths as tables, the largest first', () =>
  expect(profileLines({ profile, depths: [1, 1000, 1000] }, page).join('\n')).toMatchInlineSnapshot(`
    "step                       generated    new  self-loops   time
    tick                          34,000    899          12  75.0%
    fault/do_swap_page.lookup      1,200  1,100           0  25.0%
    1 more step never fired. New are the states that were found by this
    step first. Time is that of the spec's own code, run as it stands in
    512 states; a search runs most steps from what it has learned of them.

    variable          values
    desc[].swap_refs   1,000
    turn                   2

    depth  states   growth
    1           1
    2       1,000  1000.00
    3       1,000     1.00"
  `))

test('nothing where none was asked for', () => expect(profileLines({ depths: [1] }, page)).toEqual([]))
