import pc from 'picocolors'
import { expect, test } from 'vitest'
import { explore, type Report } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import type { LostProtection } from '../mutation/protections.js'
import { protectionsAsJson, protectionsAsText } from './protections.js'

const page = { width: 80, colors: pc.createColors(false) }

function peterson(without: string): Report {
  const scenario = scenarios.find((s) => s.id === 'classics/peterson-2')
  if (scenario === undefined) throw new Error('no such scenario')
  return explore({ ...scenario, without: [without] })
}

const mutants: readonly LostProtection[] = [
  { protection: 'give way', noticed: peterson('give way'), tried: 1, reason: undefined },
  { protection: 'wait', tried: 12, reason: 'the other one never comes' },
  { protection: 'raise the flag', tried: 1, reason: undefined },
  { protection: 'lower it', tried: 0, reason: undefined },
]

test('text: a line for each, and a sentence for each that nobody misses', () =>
  expect(protectionsAsText(mutants, page)).toMatchInlineSnapshot(`
    "       without         in                   depth  noticed by
    ok     give way        classics/peterson-2      8  EntryIsEarned
    lives  wait                                        nobody
    FAIL   raise the flag                              nobody
    FAIL   lower it                                    nobody

    without 'wait', each of 12 scenarios that look at it holds: the other one never
    comes

    without 'raise the flag', the scenario that looks at it holds: add a property or
    a scenario that misses it, or list it under 'survivors' with the reason

    no scenario looks at 'lower it': give it one, or take it out of the spec

    4 protections, 1 noticed, 3 not; 2 not as the spec says
    "
  `))

test('text: one that is missed although the spec says that it is not', () => {
  const [first] = mutants
  expect(first && protectionsAsText([{ ...first, reason: 'wrong' }], page)).toMatchInlineSnapshot(`
    "      without   in                   depth  noticed by
    FAIL  give way  classics/peterson-2      8  EntryIsEarned

    1 protection, 1 noticed, 0 not; 1 not as the spec says
    "
  `)
})

test('text: one that no scenario looks at, for a reason', () =>
  expect(protectionsAsText([{ protection: 'wait', tried: 0, reason: 'nobody comes' }], page)).toContain(
    "no scenario looks at 'wait': nobody comes\n",
  ))

test('json', () =>
  expect(protectionsAsJson(mutants)).toEqual([
    {
      protection: 'give way',
      asExpected: true,
      tried: 1,
      noticed: { verdict: 'violated', property: 'EntryIsEarned', scenario: 'classics/peterson-2', distinct: 30, depth: 8 },
    },
    { protection: 'wait', asExpected: true, tried: 12, reason: 'the other one never comes' },
    { protection: 'raise the flag', asExpected: false, tried: 1 },
    { protection: 'lower it', asExpected: false, tried: 0 },
  ]))
