/** A search whose states are in a DuckDB file: killed and resumed; and files that it must leave alone. */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { figuresIn } from './testing/figures.js'
import { start, swapcheck } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-disk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string): string => join(folder, name)

/** Of searches of each kind. */
const KILLS = 10
const FEWEST_MS = 300
const MOST_MS = 1300
const subject = ['two-phase-commit-6', '--reporter', 'json', '--workers', '1']
/** So little that the memory is emptied many times. */
const little = ['--max-memory', '500K']

describe.each(['duckdb', 'duckdb-compact'])('a search in %s that is killed', (kind) => {
  test('and resumed ends as one that is not, however often and whenever that happens', async () => {
    const seed = Date.now() % 2 ** 31
    const random = numbersFrom(seed)
    const expected = figuresIn(swapcheck('check', ...subject).stdout)
    let [kills, files] = [0, 0]
    while (kills < KILLS) {
      const file = inFolder(`${kind}-${files++}.db`)
      const words = ['check', ...subject, ...little, '--store', `${kind}:${file}`, '--resume']
      for (let isOver = false; !isOver && kills < KILLS; ) {
        const running = start(...words)
        const wait = FEWEST_MS + random() * (MOST_MS - FEWEST_MS)
        await Promise.race([sleep(wait), running.ended()])
        running.kill()
        const { signal } = await running.ended()
        isOver = signal === null
        if (!isOver) kills++
      }
      const { stdout, stderr } = swapcheck(...words)
      expect({ seed, kills, stderr, figures: figuresIn(stdout) }).toEqual({ seed, kills, stderr: '', figures: expected })
    }
  }, 300_000)
})

/** From 0 to 1: Lehmer's generator, with the multiplier of Park and Miller. */
function numbersFrom(seed: number): () => number {
  let state = (seed % (2 ** 31 - 2)) + 1
  return () => {
    state = (state * 48_271) % (2 ** 31 - 1)
    return state / (2 ** 31 - 1)
  }
}

describe('the command', () => {
  const file = inFolder('states.db')
  const store = ['--store', `duckdb:${file}`]

  /** Makes that file, of a search that is complete, for the first test that needs it. */
  function makeFile(): void {
    if (!existsSync(file)) expect(swapcheck('check', 'die-hard-5-3-all-states', ...store)).toMatchObject({ code: 0, stderr: '' })
  }

  test('says where the states are, and resumes what is complete', () => {
    const store = ['--store', `duckdb:${inFolder('other-states.db')}`]
    const ran = swapcheck('check', 'die-hard-5-3-all-states', ...store)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(/the states are in \S+other-states\.db: [\d.]+ \wB, [\d,.]+ bytes for a state/)
    expect(swapcheck('check', 'die-hard-5-3-all-states', ...store, '--resume')).toMatchObject({ code: 0, stderr: '' })
  })

  test('finds after it is resumed what it had not found before', () => {
    const search = ['check', 'filter-lock-3+broken', '--reporter', 'json']
    const here = ['--store', `duckdb:${inFolder('stopped.db')}`]
    expect(swapcheck(...search, ...here, '--max-states', '300')).toMatchObject({ code: 152 })
    expect(figuresIn(swapcheck(...search, ...here, '--resume').stdout)).toEqual(figuresIn(swapcheck(...search).stdout))
  })

  test.each(['1', '2'])('goes on with depths that are read in several parts, with %s workers', (workers) => {
    const search = ['check', 'two-phase-commit-6', '--reporter', 'json', '--workers', workers]
    const here = ['--store', `duckdb:${inFolder(`parts-${workers}.db`)}`]
    expect(swapcheck(...search, ...here, '--max-states', '20000')).toMatchObject({ code: 152 })
    expect(figuresIn(swapcheck(...search, ...here, '--resume').stdout)).toEqual(figuresIn(swapcheck(...search).stdout))
  })

  test('finds the way to what a search with fingerprints has found, and leaves nothing of what that takes', () => {
    const search = ['check', 'filter-lock-3+broken', '--reporter', 'json']
    const path = inFolder('compact.db')
    const here = ['--store', `duckdb-compact:${path}`]
    expect(swapcheck(...search, ...here, '--max-states', '300')).toMatchObject({ code: 152 })
    const { stdout, stderr } = swapcheck(...search, ...here, '--resume')
    expect(stderr).toMatch(/^classics\/filter-lock-3\+broken: something was found; .* in \S+compact\.db\.way\n$/)
    expect(figuresIn(stdout)).toEqual(figuresIn(swapcheck(...search).stdout))
    expect(JSON.parse(stdout)).toMatchObject({ store: 'duckdb-compact', omission: {}, outside: { name: path } })
    expect(readdirSync(folder).filter((name) => name.startsWith('compact.db'))).toEqual(['compact.db'])
    expect(swapcheck(...search, '--store', `duckdb:${path}`, '--resume').stderr).toContain("its store is 'duckdb-compact'")
  })

  test.each<[string, readonly string[], string]>([
    [
      'is there already',
      ['die-hard-5-3-all-states', ...store],
      'states.db is there already, and is left as it is; --resume goes on with it, or name another',
    ],
    ['is of another scenario', ['die-hard-5-3', ...store, '--resume'], "its scenario is 'classics/die-hard-5-3-all-states'"],
    [
      'keeps whole states, and fingerprints are asked for',
      ['die-hard-5-3-all-states', '--store', `duckdb-compact:${file}`, '--resume'],
      "its store is 'duckdb', and that of this search is 'duckdb-compact'",
    ],
    ['is of another reduction', ['die-hard-5-3-all-states', ...store, '--resume', '--reduction', 'symmetry'], "its reduction is 'none'"],
  ])('leaves a file alone that %s', (_, words, message) => {
    makeFile()
    const before = readFileSync(file)
    const ran = swapcheck('check', ...words)
    expect(ran.code).toBe(151)
    expect(ran.stderr).toContain(message)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test.each<[string, (path: string) => void]>([
    ['is no database', (path) => writeFileSync(path, 'Some notes of mine.\n'.repeat(2000))],
    ['is empty', (path) => writeFileSync(path, '')],
    ['is damaged', (path) => damage(path)],
  ])('leaves a file alone that %s', (_, make) => {
    const path = inFolder('other.db')
    make(path)
    const before = readFileSync(path)
    const ran = swapcheck('check', 'die-hard-5-3-all-states', '--store', `duckdb:${path}`, '--resume')
    expect(ran.code).toBe(153)
    expect(ran.stderr).toMatch(
      /^swapcheck: \S+other\.db is no DuckDB database, or is damaged \(.*\); it was left as it is: name another file\n$/,
    )
    expect(readFileSync(path).equals(before)).toBe(true)
    rmSync(path)
  })

  function damage(path: string): void {
    makeFile()
    writeFileSync(path, readFileSync(file))
    const opened = openSync(path, 'r+')
    for (let at = 4096; at < statSync(path).size; at += 2048) writeSync(opened, Buffer.alloc(64, 0xa5), 0, 64, at)
    closeSync(opened)
  }

  test.each<[readonly string[], string]>([
    [
      ['--store', 'duckdb:'],
      "--store was given 'duckdb:'; expected memory, compact, bitstate, duckdb:FILE, duckdb-compact:FILE, clickhouse:URL,URL",
    ],
    [['--resume'], '--resume goes on with a file, and --store memory has none; name it with --store duckdb:FILE'],
    [['classics/*', '--store', 'duckdb:x.db'], 'is for one search, and'],
    [['die-hard-5-3', '--store', 'clickhouse:one'], "--store clickhouse was given 'one'; expected URLs of different servers"],
    [['die-hard-5-3', '--store', 'clickhouse:http://one:8123', '--workers', '2'], 'start the command several times'],
    [['peterson-2', '--store', 'duckdb:x.db'], 'classics/peterson-2 has temporal properties'],
    [['peterson-2', '--store', 'duckdb-compact:x.db'], 'classics/peterson-2 has temporal properties'],
    [['die-hard-5-3', '--store', 'duckdb:x.db', '--reduction', 'partial-order'], 'partial-order reduction takes several searches'],
    [['die-hard-5-3', '--store', `duckdb:${inFolder('no/such/x.db')}`], 'x.db'],
  ])('refuses %j', (words, message) => {
    const ran = swapcheck('check', ...words)
    expect([151, 153]).toContain(ran.code)
    expect(ran.stderr).toContain(message)
    expect(existsSync('x.db')).toBe(false)
  })
})

/** A small file system of its own; undefined where that takes rights that this process has not. */
function smallDisk(): string | undefined {
  const path = inFolder('small')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2M', 'tmpfs', path], { stdio: 'ignore' })
    return path
  } catch {
    return undefined
  }
}

test('a full disk: a message, and what was there can be resumed elsewhere', ({ skip }) => {
  const disk = process.getuid?.() === 0 ? smallDisk() : undefined
  if (disk === undefined) return skip('only root can mount a small file system')
  try {
    const file = join(disk, 'states.db')
    const ran = swapcheck('check', 'two-phase-commit-8', '--workers', '1', '--store', `duckdb:${file}`)
    expect(ran.code).toBe(153)
    expect(ran.stderr).toMatch(/states\.db: no space is left \(.*\); free some, and go on with --resume/)
    expect(existsSync(file)).toBe(true)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
})

describe('a search whose memory is full', () => {
  test('goes on on disk, says so, ends as in memory, and leaves nothing', () => {
    const spill = inFolder('spill')
    mkdirSync(spill)
    const searches = [
      ['two-phase-commit-5', '40K', '1'],
      ['filter-lock-3+broken', '40K', '1'],
      ['two-phase-commit-7', '6M', '2'],
    ] as const
    for (const [scenario, budget, workers] of searches) {
      const ran = swapcheck('check', scenario, '--reporter', 'json', '--max-memory', budget, '--spill', spill, '--workers', workers)
      expect(ran.stderr).toBe(`classics/${scenario}: the memory is full; the search goes on on disk, in ${spill}\n`)
      expect(JSON.parse(ran.stdout).outside.bytes).toBeGreaterThan(0)
      expect(figuresIn(ran.stdout)).toEqual(figuresIn(swapcheck('check', scenario, '--reporter', 'json').stdout))
      expect(readdirSync(spill)).toEqual([])
    }
  })

  test('stops where it may not go on', () => {
    expect(swapcheck('check', 'two-phase-commit-5', '--max-memory', '40K', '--no-spill')).toMatchObject({ code: 152, stderr: '' })
    expect(swapcheck('check', 'peterson-2', '--max-memory', '20K').stdout).toContain(
      'incomplete: the search was stopped at 20 KB of memory',
    )
    expect(swapcheck('check', 'peterson-2', '--spill', inFolder('no-such'))).toMatchObject({ code: 151 })
  })
})
