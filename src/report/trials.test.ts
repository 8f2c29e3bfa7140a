import pc from 'picocolors'
import { expect, test } from 'vitest'
import type { Scenario } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import type { Mutant } from '../mutation/mutant.js'
import type { Trial } from '../mutation/trial.js'
import { tried } from '../testing/tried.js'
import { trialAsText } from './trial.js'
import { trialsAsJson, trialsAsText } from './trials.js'

const page = { width: 80, colors: pc.createColors(false) }
const peterson = scenarios.find((s) => s.id === 'classics/peterson-2') as Scenario
const jugs = scenarios.find((s) => s.id === 'classics/die-hard-5-3') as Scenario
const region = { file: 'specs/a.ts', startLine: 7, startColumn: 1, endLine: 8, endColumn: 2 }
const locate = (functions: Iterable<Mutant['at']>) => new Map([...functions].map((of) => [of, region]))

const made = (id: string, kind: Mutant['kind'], trial: Partial<Trial>, of = 1) => ({
  mutant: { id, kind, change: 'it changes', at: () => 0, scenarios: Array.from({ length: of }, () => jugs), moved: [], apply: () => jugs },
  trial: { outcome: 'survived', report: undefined, tried: of, isAlike: false, reasons: [], ...trial } as Trial,
})
const others = [
  made('guard:a', 'guards', {}, 2),
  made('guard:b', 'guards', { isAlike: true }),
  made('guard:c', 'guards', { outcome: 'undecided', tried: 3 }, 12),
  made('guard:d', 'guards', { outcome: 'invalid' }),
  made('guard:e', 'guards', { outcome: 'vacuous', reasons: [{ kind: 'step never fired', step: 'p/main.rest' }] }),
]

test('text: a line for each, the survivors, who notices, and the score by kind', async () => {
  const all = [...(await tried('swaps', [peterson])), ...others]
  expect(trialsAsText(all, locate, page)).toMatchInlineSnapshot(`
    "         mutant               in                   steps  noticed by
    ok       swap:peterson.a1:a2  classics/peterson-2      2  FlagTellsPlace
    ok       swap:peterson.a2:a3  classics/peterson-2      6  RefinesLock
    lives    guard:a                                          nobody
    lives    guard:b                                          nobody
    open     guard:c                                          nobody
    invalid  guard:d                                          nobody
    vacuous  guard:e                                          step never fired: p/main.rest

    guard:a (specs/a.ts:7): it changes; each of 2 scenarios that reach it holds

    guard:b (specs/a.ts:7): it changes; the scenario that reaches it holds, with as
    many states and steps as without it

    guard:c (specs/a.ts:7): it changes; the states that it may take (--max-states)
    ended when 3 of 12 scenarios that reach it had held

    guard:d (specs/a.ts:7): it changes; that is no spec, and says nothing

    noticed by      mutants  steps
    FlagTellsPlace        1      2
    RefinesLock           1      6

    kind    mutants  noticed  vacuous  survived  open  score
    guards        4        0        1         2     1     0%
    swaps         2        2        0         0     0   100%
    all           6        2        1         2     1    50%
    "
  `)
})

test('text: of one kind there is no sum; of nothing that was decided no score', () =>
  expect(trialsAsText(others.slice(2), locate, page)).toMatch(/\nguards +2 +0 +1 +0 +1\n$/))

test('text: no mutants', () => expect(trialsAsText([], locate, page)).toMatch(/^there are no such mutants: /))

test('text: one mutant, with the trace in which it is noticed', async () => {
  const [first] = await tried('swaps', [peterson])
  expect(first && trialAsText(first, locate, page)).toMatchInlineSnapshot(`
    "swap:peterson.a1:a2 (specs/a.ts:7): at a1 the process does what it does at a2,
    and after that what it did at a1
    in classics/peterson-2:

    initially
        turn = 1
        CPU0 proc: other = 2
        CPU1 proc: other = 1

    CPU0 proc
    ---------
    peterson.a0
    peterson.a1
        turn 1 -> 2
        at[1] outside -> waiting

    FlagTellsPlace is violated: A process's flag is up exactly while it is not
    outside.
    "
  `)
})

test('text: one mutant that is not noticed', () =>
  expect(others.map((each) => trialAsText(each, locate, page))).toMatchInlineSnapshot(`
    [
      "guard:a (specs/a.ts:7): it changes
    each of 2 scenarios that reach it holds
    ",
      "guard:b (specs/a.ts:7): it changes
    the scenario that reaches it holds, with as many states and steps as without it
    ",
      "guard:c (specs/a.ts:7): it changes
    the states that it may take (--max-states) ended when 3 of 12 scenarios that
    reach it had held
    ",
      "guard:d (specs/a.ts:7): it changes
    that is no spec, and says nothing
    ",
      "guard:e (specs/a.ts:7): it changes
    nothing goes wrong, but step never fired: p/main.rest
    ",
    ]
  `))

test('json', async () => {
  const [first] = await tried('swaps', [peterson])
  expect(trialsAsJson(first === undefined ? others : [first, ...others], locate)).toMatchInlineSnapshot(`
    [
      {
        "change": "at a1 the process does what it does at a2, and after that what it did at a1",
        "file": "specs/a.ts",
        "kind": "swaps",
        "line": 7,
        "mutant": "swap:peterson.a1:a2",
        "noticed": {
          "depth": 3,
          "distinct": 6,
          "property": "FlagTellsPlace",
          "scenario": "classics/peterson-2",
          "steps": 2,
          "verdict": "violated",
        },
        "of": 1,
        "outcome": "noticed",
        "tried": 1,
      },
      {
        "alike": false,
        "change": "it changes",
        "file": "specs/a.ts",
        "kind": "guards",
        "line": 7,
        "mutant": "guard:a",
        "of": 2,
        "outcome": "survived",
        "tried": 2,
      },
      {
        "alike": true,
        "change": "it changes",
        "file": "specs/a.ts",
        "kind": "guards",
        "line": 7,
        "mutant": "guard:b",
        "of": 1,
        "outcome": "survived",
        "tried": 1,
      },
      {
        "change": "it changes",
        "file": "specs/a.ts",
        "kind": "guards",
        "line": 7,
        "mutant": "guard:c",
        "of": 12,
        "outcome": "undecided",
        "tried": 3,
      },
      {
        "change": "it changes",
        "file": "specs/a.ts",
        "kind": "guards",
        "line": 7,
        "mutant": "guard:d",
        "of": 1,
        "outcome": "invalid",
        "tried": 1,
      },
      {
        "change": "it changes",
        "file": "specs/a.ts",
        "kind": "guards",
        "line": 7,
        "mutant": "guard:e",
        "of": 1,
        "outcome": "vacuous",
        "reasons": [
          {
            "kind": "step never fired",
            "step": "p/main.rest",
          },
        ],
        "tried": 1,
      },
    ]
  `)
})
