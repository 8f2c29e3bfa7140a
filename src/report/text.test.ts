import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import {
  array,
  assert,
  bool,
  call,
  domain,
  explore,
  type Incomplete,
  int,
  language,
  oneOf,
  process,
  record,
  ref,
  ret,
  type Scenario,
  scenario,
  schema,
  set,
} from '../../checker/index.js'
import { judge } from '../judgement.js'
import { story } from './story.js'
import { summary } from './summary.js'
import { textReporter } from './text.js'

const Entry = domain('entry', 2)
const Desc = domain('desc', 2)
const state = schema({
  map: array(Entry, ref(Desc)),
  desc: array(Desc, record({ life: oneOf('free', 'live'), swap_refs: int(0, 3) })),
  holders: set(Entry),
  warned: bool,
})
const { procedure, invariant, mustFail, quiescent, action, spec } = language(state)

const get = procedure(
  'swap_get',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: int(-2, 0) },
  {
    lookup(s, me) {
      me.desc = s.map[me.entry]
      return me.desc ? 'inc' : ret(-2)
    },
    inc(s, me) {
      if (me.desc) s.desc[me.desc].swap_refs += 1
      return ret(0)
    },
  },
)
const fault = procedure(
  'do_swap_page',
  { args: { entry: Entry }, locals: { err: int(-2, 0) }, calls: [get] },
  {
    get: (_, me) => call(get, { entry: me.entry }, 'done', 'err'),
    done(s, me) {
      if (me.err === 0) s.holders.add(me.entry)
      return ret()
    },
  },
)
const free = procedure(
  'swap_free',
  { args: { entry: Entry } },
  {
    clear(s, me) {
      const desc = s.map[me.entry]
      s.map[me.entry] = 0
      if (desc) s.desc[desc].life = 'free'
      return ret()
    },
  },
)
const swap = spec({
  name: 'swap',
  title: 'A fault against a free',
  init(s) {
    const [entry, desc] = [s.map.ids[0], s.desc.ids[0]]
    if (entry === undefined || desc === undefined) return
    s.map[entry] = desc
    s.desc[desc].life = 'live'
  },
  properties: [
    invariant('HolderLives', 'What is held is mapped.', (s) => s.holders.toArray().every((entry) => s.map[entry] !== 0)),
    invariant('RefsMeanLife', 'A descriptor with references is live.', (s) =>
      s.desc.ids.every((d) => s.desc[d].swap_refs === 0 || s.desc[d].life === 'live'),
    ),
  ],
})
const expected = { verdict: 'violated', property: 'RefsMeanLife', distinct: 27, generated: 44, depth: 5 } as const
const faultVsFree = scenario(swap, {
  name: 'fault-vs-free',
  title: 'A fault against a free',
  run: [process('fault', fault)({ entry: 1 }), process('free', free)({ entry: 1 }), process('fault', fault)({ entry: 2 })],
  expect: expected,
})

function reported(of: Scenario, width = 100, options: Parameters<typeof explore>[1] = {}): string {
  const reporter = textReporter({ width, colors: pc.createColors(false) })
  const report = { ...explore(of, options), seconds: 1.25 }
  const outcome = { report, judgement: judge(report) }
  return `\n${reporter.begin([of])}${reporter.run(outcome, `swapcheck check ${of.id}`)}${reporter.end([outcome], 0)}`
}

describe('a violation', () => {
  test('is told in lanes, with what each step changed', () =>
    expect(reported(faultVsFree)).toMatchInlineSnapshot(`
      "
            scenario            verdict       distinct     generated  depth  seconds
      ok    swap/fault-vs-free  violated            27            44      5      1.3  RefsMeanLife

        initially
            map[1] = 1, desc[1].life = live
            CPU0 fault: entry = 1
            CPU1 free: entry = 1
            CPU2 fault: entry = 2

        CPU0 fault                      CPU1 free
        ----------                      ---------
        do_swap_page.get
        swap_get.lookup
            me.desc NULL -> 1
        swap_get.inc
            desc[1].swap_refs 0 -> 1
                                        swap_free.clear
                                            map[1] 1 -> NULL
                                            desc[1].life live -> free

        RefsMeanLife is violated: A descriptor with references is live.
        again: swapcheck check swap/fault-vs-free

      1 scenario, all as expected
      "
    `))
  test('shows what a call returned, and nothing else of calls', () => {
    const held = quiescent('Held', 'The fault gets its page.', (s) => s.holders.size > 0)
    const run = [process('fault', fault)({ entry: 1 }), process('free', free)({ entry: 1 })]
    const parts = { run, properties: [held], skip: ['HolderLives', 'RefsMeanLife'] }
    expect(reported(scenario(swap, { ...parts, name: 'held', title: '', expect: expected }))).toMatchInlineSnapshot(`
      "
            scenario   verdict       distinct     generated  depth  seconds
      FAIL  swap/held  violated            12            15      6      1.3  Held
        property: expected RefsMeanLife, came Held
        distinct: expected 27, came 12
        generated: expected 44, came 15
        depth: expected 5, came 6

        initially
            map[1] = 1, desc[1].life = live
            CPU0 fault: entry = 1
            CPU1 free: entry = 1

        CPU0 fault            CPU1 free
        ----------            ---------
                              swap_free.clear
                                  map[1] 1 -> NULL
                                  desc[1].life live -> free
        do_swap_page.get
        swap_get.lookup
            me.err 0 -> -2
        do_swap_page.done

        Held is violated, in a state where all has stopped: The fault gets its page.
        again: swapcheck check swap/held

      1 scenario, 0 as expected, 1 not
      "
    `)
  })
  test('on a narrow terminal', () =>
    expect(reported(faultVsFree, 40)).toMatchInlineSnapshot(`
      "
            scenario            verdict       distinct     generated  depth  seconds
      ok    swap/fault-vs-free  violated            27            44      5      1.3  RefsMeanLife

        initially
            map[1] = 1, desc[1].life = live
            CPU0 fault: entry = 1
            CPU1 free: entry = 1
            CPU2 fault: entry = 2

        CPU0 fault        CPU1 free
        ----------        ---------
        do_swap_page.get
        swap_get.lookup
            me.desc NULL -> 1
        swap_get.inc
            desc[1].swap_refs 0 -> 1
                          swap_free.clear
                              map[1] 1 -> NULL
                              desc[1].life
                              live -> free

        RefsMeanLife is violated: A descriptor
        with references is live.
        again: swapcheck check swap/fault-vs-free

      1 scenario, all as expected
      "
    `))
  test('has no trailing spaces', () => expect(reported(faultVsFree)).not.toMatch(/ \n/))
})

const actions = (properties: Parameters<typeof spec>[0]['properties'], more: object = {}): Scenario => {
  const warn = action('warn', {
    params: { entry: Entry, loud: bool },
    guard: (s, { entry }) => !s.holders.has(entry),
    effect(s, { entry, loud }) {
      s.holders.add(entry)
      s.warned = loud
      assert(s.holders.size < 2 || !loud, 'WARN_ON(loud)')
    },
  })
  const one = spec({ name: 'actions', title: '', actions: [warn], properties, ...more })
  return scenario(one, { name: 'x', title: '', expect: { verdict: 'holds', distinct: 1, generated: 1, depth: 1 } })
}

describe('a spec of actions has one column without a head', () => {
  test('an assertion', () =>
    expect(reported(actions([]))).toMatchInlineSnapshot(`
      "
            scenario   verdict       distinct     generated  depth  seconds
      FAIL  actions/x  violated             6             9      3      1.3  WARN_ON(loud)
        verdict: expected holds, came violated

        warn(entry=1, loud=false)
            holders {} -> {1}
        warn(entry=2, loud=true)
            holders {1} -> {1,2}
            warned false -> true

        assertion failed: WARN_ON(loud)
        again: swapcheck check actions/x

      1 scenario, 0 as expected, 1 not
      "
    `))
  test('a violation of the first state', () => {
    expect(reported(actions([invariant('Never', 'Nothing is allowed.', () => false)]))).toMatchInlineSnapshot(`
      "
            scenario   verdict       distinct     generated  depth  seconds
      FAIL  actions/x  violated             1             1      1      1.3  Never
        verdict: expected holds, came violated

        Never is violated, in the first state: Nothing is allowed.
        again: swapcheck check actions/x

      1 scenario, 0 as expected, 1 not
      "
    `)
  })
})

test('a run of many tells only what is not as expected, and says where the rest is', () => {
  const reporter = textReporter({ width: 100, colors: pc.createColors(false) })
  const report = { ...explore(faultVsFree), seconds: 1.25 }
  const asExpected = { report, judgement: judge(report) }
  const unexpected = { report, judgement: judge(report, 'holds') }
  reporter.begin([faultVsFree, faultVsFree, faultVsFree])
  expect(reporter.run(asExpected, 'again')).not.toContain('RefsMeanLife is violated')
  expect(reporter.run(unexpected, 'again')).toContain('RefsMeanLife is violated')
  expect(reporter.end([asExpected, unexpected, asExpected], 0)).toBe(
    '3 scenarios, 2 as expected, 1 not; to see a counterexample: swapcheck check swap/fault-vs-free\n',
  )
})

test('a vacuous run says why', () => {
  const idle = action('idle', { guard: () => true, effect() {} })
  const never = action('never', { guard: () => false, effect() {} })
  const vacuous = spec({ name: 'v', title: '', actions: [idle, never], properties: [mustFail('AllWell', 'It must fail.', () => true)] })
  expect(
    reported(scenario(vacuous, { name: 'v', title: '', expect: { verdict: 'vacuous', distinct: 1, generated: 2, depth: 1 } })),
  ).toMatchInlineSnapshot(`
    "
          scenario  verdict       distinct     generated  depth  seconds
    ok    v/v       vacuous              1             2      1      1.3

      vacuous: nothing was violated, but
          step never never fired; list it as unreachable, with the reason, if that is meant
          AllWell, which must fail, holds in every state

    1 scenario, all as expected
    "
  `)
})

describe('an incomplete run', () => {
  test('says what stopped it, and what its counts are', () =>
    expect(reported(faultVsFree, 100, { maxStates: 3 })).toMatchInlineSnapshot(`
    "
          scenario            verdict       distinct     generated  depth  seconds
    FAIL  swap/fault-vs-free  incomplete           1             1      1      1.3
      verdict: expected violated (RefsMeanLife), came incomplete

      incomplete: the search was stopped at 3 states; nothing was violated until there. The counts are
      those of the depths that were searched as a whole.

    1 scenario, 0 as expected, 1 not
    "
  `))

  test.each<[Incomplete, string]>([
    [{ kind: 'incomplete', bound: 'memory', limit: 1.5 * 2 ** 30 }, 'the search was stopped at 1.5 GB of memory; nothing'],
    [{ kind: 'incomplete', bound: 'seconds', limit: 1000 }, 'the search was stopped at 1,000 seconds; nothing'],
    [{ kind: 'incomplete', bound: 'interrupted', limit: 0 }, 'the search was interrupted; nothing'],
    [{ kind: 'incomplete', bound: 'bitstate', limit: 1 }, 'some states may have been missed; nothing was violated in those'],
  ])('%j', (verdict, text) => {
    expect(story({ scenario: faultVsFree, verdict }, { width: 200, colors: pc.createColors(false) }).join()).toContain(text)
  })

  test('that was interrupted says how many were not begun', () => {
    const report = explore(faultVsFree)
    const outcome = { report, judgement: judge(report) }
    expect(summary([outcome], 2)).toBe('1 scenario, all as expected; 2 were not run')
    expect(summary([outcome, outcome], 1)).toBe('2 scenarios, all as expected; 1 was not run')
  })
})

test('a store that may have missed states says so below the line, and tells a real counterexample', () => {
  const [, , line, below] = reported(faultVsFree, 100, { store: 'compact' }).split('\n')
  expect(line).toMatch(/^ok .*RefsMeanLife$/)
  expect(below).toMatch(/^ {2}store compact: with probability \d\.\de-\d\d, a state was missed$/)
  const [exact, compact] = [{}, { store: 'compact' as const }].map((o) => reported(faultVsFree, 100, o))
  expect(compact).toContain(exact?.slice(exact.indexOf('initially')))
})

test('the figures of a search of days stand apart', () => {
  const report = { ...explore(faultVsFree), distinct: 2_193_563_648, generated: 35_046_670_338, seconds: 123_456.7 }
  const line = textReporter({ width: 100, colors: pc.createColors(false) }).run({ report, judgement: judge(report) }, 'again')
  expect(line).toContain(' 2,193,563,648 35,046,670,338      5 123456.7')
})

test('colours do not move anything', () => {
  const colored = textReporter({ width: 100, colors: pc.createColors(true) })
  const plain = textReporter({ width: 100, colors: pc.createColors(false) })
  const report = { ...explore(faultVsFree), seconds: 0 }
  const outcome = { report, judgement: judge(report) }
  const text = [colored, plain].map((r) => r.begin([faultVsFree]) + r.run(outcome, 'again'))
  expect(text[0]).not.toBe(text[1])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control characters
  expect(text[0]?.replaceAll(/\u001b\[\d+m/g, '')).toBe(text[1])
})
