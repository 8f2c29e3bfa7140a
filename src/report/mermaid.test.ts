import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { printableLine } from '../printable.js'
import { draw } from '../testing/draw.js'
import { hostileFinding, hostileTexts } from '../testing/hostile.js'
import { traceOf } from './finding.js'
import { mermaidReporter } from './mermaid.js'
import { sequenceDiagram } from './sequence-diagram.js'

const diagramOf = (text: string, change: object = {}): string[] => {
  const finding = hostileFinding(text)
  const trace = traceOf(finding)
  if (trace === undefined) throw new Error('it has a trace')
  return sequenceDiagram(finding, { ...trace, ...change })
}

test('a lane for each process, what each step changed, and what is violated', () =>
  expect(mermaidReporter().replayed(hostileFinding('it'))).toMatchInlineSnapshot(`
    "### it

    **it**

    it

    it<br>assertion failed: it!<br>it is violated: it

    \`\`\`mermaid
    sequenceDiagram
        participant p0 as it
        participant p1 as it
        p0->>p0: it
        p0->>p0: it
        Note over p0: n 0 -> 1
        p1->>p1: it
        Note over p1: me.seen 0 -> 1
        p1->>p1: it
        Note over p1: n 1 -> 2
        Note over p0,p1: it<br/>assertion failed#58; it#33;<br/>it is violated#58; it
    \`\`\`

    Again: it

    replayed: 4 steps, violates it
    "
  `))

test('what is repeated is in a loop', async () => {
  const lines = diagramOf('it', { loop: 2 })
  expect(lines.indexOf('    loop again and again')).toBe(lines.findIndex((line) => line.startsWith('    p1->>p1')) - 1)
  await draw(lines)
})

test('what is too long to be drawn loses its first steps', () => {
  const trace = traceOf(hostileFinding('it'))
  const [state, [step]] = [trace?.states[0], trace?.steps ?? []]
  const lines = diagramOf('it', {
    states: Array.from({ length: 6001 }, () => state),
    steps: Array.from({ length: 6000 }, () => ({ ...step, step: 'a_name_that_is_long' })),
  })
  expect(lines.join('\n').length).toBeLessThan(50_000)
  expect(lines.join('\n').length).toBeGreaterThan(49_800)
  expect(lines).toContainEqual(expect.stringMatching(/^ {4}Note over p0: the first \d+ steps are left out$/))
})

describe('whatever the names are', () => {
  const check = async (text: string): Promise<void> => {
    const { lanes, texts } = await draw(diagramOf(text))
    const plain = printableLine(text)
    expect(lanes.map((lane) => lane.trim())).toEqual([plain.trim(), plain.trim()])
    for (const step of texts.slice(0, 1)) expect(step.trim()).toBe(plain.trim())
  }
  test.each(hostileTexts)('%j', check)
  // Mermaid's parser takes its time.
  property.prop([fc.string({ unit: 'binary' })], { numRuns: 25 })('any', check)

  test.each(hostileTexts)('a fence is not closed before its end: %j', (text) => {
    const lines = mermaidReporter().replayed(hostileFinding(text)).split('\n')
    expect(lines.filter((line) => line.trim().startsWith('```'))).toEqual(['```mermaid', '```'])
  })
})
