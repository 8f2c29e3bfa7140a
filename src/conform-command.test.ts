/** `swapcheck conform`: what it says, and the exit code with which it ends. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { swapcheck } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-conform-'))
afterAll(() => rmSync(folder, { recursive: true }))

const recording = 'specs/swap-map/recordings/zswap.jsonl.br'
const lines = brotliDecompressSync(readFileSync(new URL(`../${recording}`, import.meta.url)))
  .toString()
  .split('\n')
const [header = ''] = lines

function file(name: string, text: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, text.join('\n'))
  return path
}

/** The recording with one line as it is made by `change`. */
function changed(name: string, isTheLine: (line: string) => boolean, change: (line: string) => string): string {
  const at = lines.findIndex(isTheLine)
  return file(name, lines.with(at, change(lines[at] ?? '')))
}

describe('a recording', () => {
  test('of a real kernel is accepted', () => {
    const { code, stdout } = swapcheck('conform', recording)
    expect(stdout).toMatch(/^accepted {2}[\d,]+ events, [\d,]+ steps of swap-map, [\d,]+ slots, \d+ sets of states, \d+\.\d s\n$/)
    expect(code).toBe(0)
  })

  test('with --coverage shows what it confirms', () => {
    const { stdout } = swapcheck('conform', recording, '--coverage')
    expect(stdout).toContain('steps that were never seen: no kernel confirms them\n')
    expect(stdout).toContain('__swap_duplicate -> free_swap_and_cache_nr\n')
  })

  test('and another are shown one by one; one that is rejected is enough', () => {
    const { code, stdout } = swapcheck('conform', 'src/testing/recordings/dropped.jsonl', recording, '--coverage')
    expect(stdout).toMatch(/^rejected {2}.* s {2}src\/testing\/recordings\/dropped.jsonl\n/)
    expect(stdout).toMatch(/\naccepted {2}.* s {2}specs\/swap-map\/recordings\/zswap.jsonl.br\n$/)
    expect(code).toBe(16)
  })

  test('that no run explains is rejected, with the history of the slot', () => {
    const isPut = (line: string): boolean => line.includes('"put_swap_folio"') && line.includes('"old":65,"new":1')
    const { code, stdout } = swapcheck(
      'conform',
      changed('bad.jsonl', isPut, (line) => line.replace('"new":1', '"new":3')),
    )
    expect(stdout).toMatch(/^rejected {2}/)
    expect(stdout).toMatch(/No run of the spec explains event \d+: put_swap_folio 65>3 in put_swap_folio\(\)/)
    expect(stdout).toMatch(/ {4}put_swap_folio 65>1, by thread \d+\n/)
    expect(stdout).toMatch(/ {2}CPU\d/)
    expect(code).toBe(16)
  })
})

describe('as many threads as there are', () => {
  /** Of many parts: once more, on other devices. */
  const again = lines.slice(1, -2).map((line, i) => {
    const type = /"type":(\d)/.exec(line)?.[1]
    return line.replace(/"seq":\d+/, `"seq":${lines.length - 2 + i}`).replace(/"type":\d/, `"type":${Number(type) + 2}`)
  })
  const long = [...lines.slice(0, -2), ...again, `{"end":true,"events":${2 * (lines.length - 3)}}`, '']
  const isLate = (line: string, i: number): boolean =>
    i > 150_000 && line.includes('"put_swap_folio"') && line.includes('"old":65,"new":1}')
  const late = long.findIndex(isLate)
  const damaged = long.with(late, long[late]?.replace('"new":1}', '"new":3}') ?? '')
  const paths = [file('long.jsonl', long), file('late.jsonl', damaged), file('gap-behind.jsonl', damaged.slice(0, late + 9))]
  const ran = ['1', '2', '3'].map((workers) => {
    const { code, stdout } = swapcheck('conform', ...paths, '--workers', workers)
    return { code, stdout: stdout.replaceAll(/\d+\.\d s/g, '_ s') }
  })

  test('follow a long recording, and find the first event that no run explains', () => {
    expect(ran[0]?.stdout).toMatch(/^accepted {2}205,866 events, 161,690 steps of swap-map, 1,406 slots, 132 sets of states/)
    expect(ran[0]?.stdout.match(new RegExp(`No run of the spec explains event ${late}: put_swap_folio 65>3`, 'g'))).toHaveLength(2)
  })

  test('say the same', () => {
    expect(ran[1]).toEqual(ran[0])
    expect(ran[2]).toEqual(ran[0])
  })
})

describe('a failure with a message of its own', () => {
  const call = '{"seq":1,"cpu":0,"pid":1,"event":"call","in":"swap_free_nr","type":0,"offset":1}'
  test.each<[string, () => string, number, string]>([
    ['a gap', () => file('gap.jsonl', lines.toSpliced(100, 1)), 16, 'has a gap at line 101: event 101 follows event 99'],
    ['half a recording', () => file('half.jsonl', lines.slice(0, 50)), 16, 'has a gap: it stops behind event 49'],
    ['no event', () => file('none.jsonl', [header, '{"end":true,"events":0}', '']), 16, 'is empty: there is no event in it'],
    [
      'nothing but events that are no steps',
      () => file('other.jsonl', [header, call, '{"end":true,"events":1}', '']),
      16,
      'has 1 events, and none of them is a step of swap-map',
    ],
    ['no such file', () => join(folder, 'nowhere'), 151, 'there is no such file'],
    [
      'a line that is wrong',
      () =>
        changed(
          'wrong.jsonl',
          (l) => l.includes('"seq":9,'),
          () => '{"seq":9}',
        ),
      151,
      'line 10: ',
    ],
  ])('%s', (_, path, code, message) => {
    const refused = swapcheck('conform', path())
    expect(refused.stderr).toContain(message)
    expect(refused.stdout).toBe('')
    expect(refused.code).toBe(code)
  })

  test('arguments', () => {
    expect(swapcheck('conform').stderr).toContain('conform expects the name of a file')
    expect(swapcheck('conform', recording, '--spec', 'swop-map').stderr).toContain("--spec was given 'swop-map'; expected swap-map")
  })
})
