/** What the README and the pages of the commands and of the reporters show is what happens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { main, start, swapcheck } from './testing/swapcheck.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'swapcheck-readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

const others = ['COMMANDS.md', 'report/REPORTERS.md'].map((page) => readFileSync(new URL(page, import.meta.url), 'utf8'))
const pages = [readme, ...others].join('\n')
const transcripts = [...pages.matchAll(/```\n\$ swapcheck ([^\n]*)\n(.*?)```/gs)].map(([, words = '', shown = '']) => ({ words, shown }))
const example = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''

test('there is a transcript', () => expect(transcripts.length).toBeGreaterThan(0))

/** The seconds that a run took are its machine's, and so is the port that is free. */
function untimed(text: string): string {
  return text
    .replaceAll(/\d+\.\d(?= |\n)|(?<= time=")\d+\.\d+/g, 't.t')
    .replaceAll(/(?<="(?:seconds|statesPerSecond)":)[\d.]+/g, 't')
    .replaceAll(/(?<=127\.0\.0\.1:)\d+/g, 'port')
}

/** Of a command that waits for its user, what it says until then. */
async function outputOf(words: readonly string[]): Promise<string> {
  if (words[0] !== 'explore') return swapcheck(...words).stdout
  const running = start(...words)
  await running.written('Ctrl-C')
  running.interrupt()
  return (await running.ended()).stdout
}

describe.each(transcripts)('swapcheck $words', ({ words, shown }) => {
  test('prints what is shown', async () => {
    expect(untimed(await outputOf(words.split(' ')))).toBe(untimed(shown))
  })
})

test('the example of a spec is one', () => {
  const file = join(folder, 'lamp.mjs')
  const checker = pathToFileURL(join(main, '../../checker/index.js')).href
  writeFileSync(file, example.replace("'swapcheck'", `'${checker}'`))
  const { code, stdout } = swapcheck('check', '--spec', file)
  expect(stdout.startsWith('violated\n')).toBe(true)
  expect(stdout).toContain('ok    lamp/one')
  expect(code).toBe(0)
})

test('the spec that is quoted is in the specs', () => {
  const quoted = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? 'nothing is quoted'
  expect(readFileSync(new URL('../specs/vswap/swap-refs.ts', import.meta.url), 'utf8')).toContain(quoted.trimEnd())
})
