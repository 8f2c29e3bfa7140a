import { fc, test as property } from '@fast-check/vitest'
import type { XmlElement } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { explore, type Incomplete, int, language, type Scenario, scenario, schema, type Verdict } from '../../checker/index.js'
import { judge } from '../judgement.js'
import { hostileFinding, hostileOutcome, hostileTexts } from '../testing/hostile.js'
import { validJunit as valid } from '../testing/valid.js'
import { findingOf } from './finding.js'
import { junitReporter } from './junit.js'
import { xmlText } from './xml.js'

const { action, invariant, spec } = language(schema({ n: int(0, 3) }))
const tick = action('tick', {
  guard: (s) => s.n < 3,
  effect(s) {
    s.n += 1
  },
})
const upTo = (limit: number, verdict: 'holds' | 'violated', name = `up-to-${limit}`): Scenario => {
  const properties = [invariant('Low', 'It is low.', (s) => s.n <= limit)]
  const counter = spec({ name: 'counter', title: '', actions: [tick], properties, final: (s) => s.n === 3 })
  return scenario(counter, { name, title: 'Up', expect: { verdict, distinct: 4, generated: 4, depth: 4 } })
}
const outcomeOf = (of: Scenario, verdict?: Verdict) => {
  const report = { ...explore(of), ...(verdict && { verdict }), seconds: 1.25 }
  return { report, judgement: judge(report) }
}

/** @param begun those that are asked for, where they are more than those that are run */
function reported(outcomes: ReturnType<typeof outcomeOf>[], begun = outcomes.map((o) => o.report.scenario)): string {
  const reporter = junitReporter()
  const head = reporter.begin(begun)
  const runs = outcomes.map((o) => reporter.run(o, `swapcheck check ${o.report.scenario.id}`))
  return head + runs.join('') + reporter.end(outcomes, begun.length - outcomes.length)
}

describe('a case for each scenario', () => {
  const incomplete: Incomplete = { kind: 'incomplete', bound: 'states', limit: 3 }
  const fault: Verdict = { kind: 'specError', fault: 'threw', message: 'n is 2', step: 'tick', trace: undefined }
  const text = reported(
    [
      outcomeOf(upTo(3, 'holds')),
      outcomeOf(upTo(2, 'holds')),
      outcomeOf(upTo(3, 'holds', 'stopped'), incomplete),
      outcomeOf(upTo(3, 'holds', 'faulty'), fault),
    ],
    [upTo(3, 'holds'), upTo(2, 'holds'), upTo(3, 'holds', 'stopped'), upTo(3, 'holds', 'faulty'), upTo(1, 'holds')],
  )

  test('is valid', () => expect(() => valid(text)).not.toThrow())
  test('is what it says', () =>
    expect(text).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="swapcheck" tests="5" failures="1" errors="1" time="5.000">
      <testsuite name="counter" tests="5" failures="1" errors="1" skipped="2" time="5.000">
        <testcase classname="counter" name="up-to-3" time="1.250">
          <system-out>holds: 4 distinct, 4 generated, depth 4</system-out>
        </testcase>
        <testcase classname="counter" name="up-to-2" time="1.250">
          <failure type="counter/Low" message="verdict: expected holds, came violated; Low is violated: It is low.">violated: 4 distinct, 4 generated, depth 4

    verdict: expected holds, came violated

    tick
        n 0 -&gt; 1
    tick
        n 1 -&gt; 2
    tick
        n 2 -&gt; 3

    Low is violated: It is low.
    again: swapcheck check counter/up-to-2</failure>
        </testcase>
        <testcase classname="counter" name="stopped" time="1.250">
          <skipped>verdict: expected holds, came incomplete; incomplete: the search was stopped at 3 states; nothing was violated until there. The counts are those of the depths that were searched as a whole.</skipped>
          <system-out>incomplete: 4 distinct, 4 generated, depth 4

    verdict: expected holds, came incomplete

    incomplete: the search was stopped at 3 states; nothing was violated until there. The counts are
    those of the depths that were searched as a whole.
    again: swapcheck check counter/stopped</system-out>
        </testcase>
        <testcase classname="counter" name="faulty" time="1.250">
          <error type="swapcheck/specError" message="verdict: expected holds, came specError; the spec is at fault (threw) in tick: n is 2">specError: 4 distinct, 4 generated, depth 4

    verdict: expected holds, came specError

    the spec is at fault (threw) in tick: n is 2
    again: swapcheck check counter/faulty</error>
        </testcase>
        <testcase classname="counter" name="up-to-1" time="0.000">
          <skipped>not run: the command was interrupted before</skipped>
          <system-out>not run: the command was interrupted before</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `))
})

test('what is expected passes, and is told where it was asked for', () => {
  const text = reported([outcomeOf(upTo(2, 'violated'))])
  valid(text)
  expect(text).toContain('failures="0" errors="0" skipped="0"')
  expect(text).toContain('Low is violated: It is low.')
})

test('a counterexample that was run again passes, with its story', () => {
  const { report, judgement } = outcomeOf(upTo(2, 'violated'))
  const text = junitReporter().replayed({ ...findingOf({ report, judgement }, 'again'), story: 'Once upon a time.' })
  valid(text)
  expect(text).toContain('<testcase classname="counter" name="up-to-2" time="0.000">')
  expect(text).toContain('Once upon a time.')
  expect(text).toContain('replayed: 3 steps, violates Low')
})

describe('whatever the names are', () => {
  /** A reader of XML sees a blank for what ends a line in an attribute. */
  const asAttribute = (text: string): string => xmlText(text).replace(/[\t\n]/g, ' ')
  const check = (text: string): void => {
    const reporter = junitReporter()
    const outcome = hostileOutcome(text)
    reporter.begin([outcome.report.scenario])
    reporter.run(outcome, text)
    const document = valid(reporter.end([outcome], 0))
    const found = document.get('//testcase') as XmlElement
    expect(found.attr('name')?.value).toBe(asAttribute(text))
    expect(document.get('//failure')?.content).toContain(xmlText(text))
    valid(junitReporter().replayed(hostileFinding(text)))
    document.dispose()
  }

  test.each(hostileTexts)('%j', check)
  property.prop([fc.string({ unit: 'binary' })])('any', check)
})
