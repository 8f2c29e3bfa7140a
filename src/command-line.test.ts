import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { specs, swapcheck, swapcheckUnder } from './testing/swapcheck.js'

const race = specs('race')
const faulty = specs('faulty')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A refusal is one line on standard error. */
function refused(code: number, message: string) {
  return { code, stderr: expect.stringMatching(new RegExp(`^swapcheck: [^\n]*${message.replace(/[.*+?()|[\]\\^$]/g, '\\$&')}[^\n]*\n$`)) }
}

describe('arguments', () => {
  test('--version', () => expect(swapcheck('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) }))

  test('--help lists commands, examples and exit codes', () => {
    const { code, stdout } = swapcheck('--help')
    expect(code).toBe(0)
    for (const text of [
      'swapcheck list',
      'swapcheck check [scenario..]',
      'swapcheck replay <counterexample>',
      'swapcheck mutate <name>',
      'Examples:',
      '152  incomplete',
    ]) {
      expect(stdout).toContain(text)
    }
  })

  test('check --help lists every option', () => {
    expect(
      swapcheck('check', '--help')
        .stdout.match(/^ +--[\w-]+/gm)
        ?.map((s) => s.trim())
        .toSorted(),
    ).toEqual(
      (
        '--expect --help --itf --max-memory --max-states --max-time --no-reduction --out --profile --reduction --reporter --set --spec --store ' +
        '--version --workers'
      ).split(' '),
    )
  })

  test.each<[string[], string]>([
    [[], 'expected a command: list, check, replay, simulate, ci, mutate or explore'],
    [['chek'], "unknown command 'chek'; did you mean check?"],
    [['check', '--reprter', 'json'], "unknown option '--reprter'; did you mean --reporter?"],
    [['check', '--thread=4'], "unknown option '--thread'"],
    [['list', '-x'], "unknown option '-x'"],
    [['list', 'more'], "unexpected argument 'more'"],
    [['replay'], 'replay expects the name of a file'],
    [['replay', 'a', 'b'], "unexpected argument 'b'"],
    [['simulate'], 'simulate expects the name of a scenario'],
    [['simulate', 'peterson-2', '--seed', '-1'], "--seed was given '-1'; expected a whole number from 0 to 2147483647"],
    [['simulate', 'peterson-2', '--runs', '0'], "--runs was given '0'; expected a whole number from 1 to 2147483647"],
    [['simulate', 'peterson-2', '--max-depth', 'deep'], "--max-depth was given 'deep'; expected a whole number from 1 to 100000"],
    [['simulate', 'peterson*'], "simulate runs one scenario, and 'peterson*' names several"],
    [['mutate'], 'mutate expects the name of a spec'],
    [['mutate', 'classic'], "no spec is called 'classic'; did you mean classics?"],
    [['mutate', 'swap-of-1999'], "no spec is called 'swap-of-1999'; expected classics, page, vswap"],
    [['check', '--out'], '--out was given no value'],
    [['check', '--out', ''], '--out was given no value'],
    [['check', '--set', 'nightli'], "--set was given 'nightli'; expected default, nightly; did you mean nightly?"],
    [['check', '--set', 'nightly', '--set', 'default'], '--set was given 2 times; expected once'],
    [['check', '--reporter', 'xml'], "--reporter was given 'xml'; expected text, json"],
    [['check', '--expect', 'fine'], "--expect was given 'fine'; expected holds, violated"],
    [['check', '--max-states', 'many'], "--max-states was given 'many'; expected a whole number greater than 0"],
    [['check', '--max-states', '1.5'], "--max-states was given '1.5'; expected a whole number greater than 0"],
    [['check', '--workers', '0'], "--workers was given '0'; expected a whole number from 1 to 64"],
    [['check', '--workers', '65'], "--workers was given '65'; expected a whole number from 1 to 64"],
    [['check', '--workers', '1.5'], "--workers was given '1.5'; expected a whole number from 1 to 64"],
    [['check', '--store', 'compact', '--workers', '2'], "--store compact is for one worker, and --workers was given '2'"],
    [['check', '--max-memory', '4'], "--max-memory was given '4'; expected a size such as 500M or 4G"],
    [['check', '--max-time', '0'], "--max-time was given '0'; expected a number greater than 0"],
    [['check', 'two-phase-comit-3'], "no scenario is called 'two-phase-comit-3'; the nearest are classics/two-phase-commit-3"],
    [
      ['check', 'two-phase-commit-3', 'two-phase-commit-5', '--itf', 'x.json'],
      '--itf writes one counterexample, and 2 scenarios are named',
    ],
  ])('%j is refused', (words, message) => expect(swapcheck(...words)).toMatchObject({ ...refused(151, message), stdout: '' }))
})

describe('list', () => {
  test('shows ids, expectations and titles', () => {
    const { code, stdout } = swapcheck('list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^scenario +set +expected +distinct +title\n/)
    expect(stdout).toMatch(/\nclassics\/two-phase-commit-7 +default +holds +296,448 +Two-phase commit with 7 resource managers\n/)
  })

  test('--json', () => {
    const { code, stdout } = swapcheck('list', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toContainEqual({
      id: 'classics/two-phase-commit-8',
      spec: 'classics',
      name: 'two-phase-commit-8',
      title: 'Two-phase commit with 8 resource managers',
      set: 'nightly',
      processes: [],
      bounds: { rm: 8 },
      expected: { verdict: 'holds', distinct: 1_745_408, generated: 18_507_778, depth: 26 },
    })
  })

  test('of a module, with its processes', () => {
    const [, broken] = JSON.parse(swapcheck('list', '--json', '--spec', race).stdout)
    expect(broken).toMatchObject({
      id: 'race/increments+broken',
      processes: ['incrementer', 'incrementer'],
      expected: { property: 'NoLostUpdate' },
    })
  })
})

describe('check: verdicts and exit codes', () => {
  const check = (...words: string[]) => swapcheck('check', '--spec', race, ...words)

  test.each<[string, number, string]>([
    ['increments', 0, 'ok    race/increments '],
    ['increments+broken', 0, 'ok    race/increments+broken '],
    ['miscounted', 17, 'distinct: expected 20, came 16'],
    ['other-property', 12, 'property: expected Other, came NoLostUpdate'],
    ['deadlock', 11, 'deadlock: nothing can go on'],
    ['assertion', 14, 'assertion failed: WARN_ON(counter != old)'],
    ['vacuous', 15, 'no state shows Locked, which must be reachable'],
    ['never-locked', 13, 'LockedAtLast is violated, as this can go on for ever: It is locked at last.'],
  ])('%s: %i', (name, code, text) => {
    const ran = check(name)
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
  })

  test.each<[string, number, string]>([
    ['throws', 75, 'the spec is at fault (threw) in tick: counter is 2'],
    ['leaves-range', 75, 'the spec is at fault (range) in tick: counter was given 4 (number); expected an integer from 0 to'],
    ['init-throws', 75, 'the spec is at fault (threw): init: no first state'],
    ['no-values', 150, 'the spec is at fault (schema): counter: int(3, 0) has no values'],
  ])('a spec that is wrong: %s: %i', (name, code, text) => {
    const ran = swapcheck('check', '--spec', faulty, name)
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
    expect(ran.stdout).not.toContain('    at ')
  })

  test('several: the code of the first that is not as expected, and all are run', () => {
    const ran = check('increments', 'deadlock', 'assertion')
    expect(ran.code).toBe(11)
    expect(ran.stdout).toContain('3 scenarios, 1 as expected, 2 not')
  })

  test('a violation is shown in lanes also where it is expected', () => {
    const { stdout } = check('increments+broken')
    expect(stdout).toContain('CPU0 incrementer    CPU1 incrementer\n')
    expect(stdout).toContain(`again: swapcheck check --spec ${race} race/increments+broken`)
  })

  test('--expect compares the verdict alone', () => {
    expect(check('miscounted', '--expect', 'holds').code).toBe(0)
    expect(check('deadlock', '--expect', 'deadlock').code).toBe(0)
    expect(check('increments+broken', '--expect', 'holds').code).toBe(12)
    expect(check('increments', '--expect', 'violated').code).toBe(17)
  })

  test('--max-states, --max-memory and --max-time stop it: incomplete, unless that is expected', () => {
    const ran = check('increments', '--max-states', '3')
    expect(ran.code).toBe(152)
    expect(ran.stdout).toContain('incomplete: the search was stopped at 3 states')
    expect(check('increments', '--max-states', '3', '--expect', 'incomplete').code).toBe(0)
    const large = check('increments', '--max-memory', '1K')
    expect(large.code).toBe(152)
    expect(large.stdout).toContain('incomplete: the search was stopped at 1 KB of memory')
    const late = swapcheck('check', '--spec', specs('huge'), 'odometer', '--max-time', '0.01')
    expect(late.code).toBe(152)
    expect(late.stdout).toContain('incomplete: the search was stopped at 0.01 seconds')
  })

  test('without a terminal there is no line of progress', () => {
    expect(swapcheck('check', '--spec', specs('huge'), 'odometer', '--max-time', '1.5')).toMatchObject({ code: 152, stderr: '' })
  })
})

describe('check: reports', () => {
  test('--reporter json: one object per line', () => {
    const { code, stdout } = swapcheck('check', '--spec', race, 'increments*', '--reporter', 'json')
    expect(code).toBe(0)
    const runs = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(runs.map((run) => [run.scenario, run.verdict, run.asExpected])).toEqual([
      ['race/increments', 'holds', true],
      ['race/increments+broken', 'violated', true],
    ])
    expect(runs[1].trace.states).toHaveLength(9)
  })

  test('--profile adds tables, or a field', () => {
    const { stdout } = swapcheck('check', '--spec', race, 'increments', '--profile')
    expect(stdout).toMatch(/\n {2}step +generated +new +self-loops +time\n {2}incrementer\/increment\.\w+ +\d/)
    expect(stdout).toMatch(/\n {2}depth +states +growth\n/)
    const run = JSON.parse(swapcheck('check', '--spec', race, 'increments', '--profile', '--reporter', 'json').stdout)
    expect(run.profile.variables).toEqual({ counter: 3, done: 3, locked: 2, 'incrementer/increment.old': 2 })
    expect(run.profile.depths).toHaveLength(run.depth)
  })

  test('--out writes the report to a file, as it would be printed', () => {
    const file = join(folder, 'report.ndjson')
    expect(swapcheck('check', '--spec', race, 'deadlock', '--reporter', 'json', '--out', file)).toEqual({
      code: 11,
      stdout: '',
      stderr: `${file}: 1 scenario, 0 as expected, 1 not\n`,
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: 'deadlock' })
  })

  test.each<[string, string]>([
    ['a folder that does not exist', 'no/such/folder/report.txt'],
    ['a folder', '.'],
  ])('--out to %s is refused before the search', (_, name) => {
    const file = join(folder, name)
    const ran = swapcheck('check', '--spec', specs('huge'), '--out', file)
    expect(ran).toMatchObject({ ...refused(153, `cannot write '${file}'`), stdout: '' })
  })

  test('what was there is kept if the report cannot be written whole', () => {
    const file = join(folder, 'limited.ndjson')
    writeFileSync(file, 'kept')
    const ran = swapcheckUnder('ulimit -f 1', 'check', '--spec', race, '--reporter', 'json', '--out', file)
    expect(ran).toMatchObject(refused(153, `cannot write '${file}': the file would be larger than is allowed`))
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test.runIf(existsSync('/dev/full'))('standard output on a disk that is full', () => {
    expect(swapcheckUnder('exec > /dev/full', 'list')).toMatchObject(
      refused(153, 'cannot write to standard output: no space is left on the device'),
    )
  })

  test('a reader that has left ends it without a message', () => {
    expect(swapcheckUnder('exec > >(true); wait $!', 'list', '--json')).toMatchObject({ code: 153, stderr: '' })
  })
})

describe('modules of specs', () => {
  test.each<[string, string]>([
    ['none', 'exports no scenarios'],
    ['unloadable', 'no such device'],
    ['no-such-file', 'Cannot find module'],
  ])('%s is refused', (name, message) => {
    for (const command of [['check'], ['list'], ['replay', writeTrace()]]) {
      expect(swapcheck(...command, '--spec', specs(name))).toMatchObject({ ...refused(150, message), stdout: '' })
    }
  })

  test('TypeScript is refused, and the message says what to do', () => {
    const file = join(folder, 'spec.ts')
    writeFileSync(file, '')
    expect(swapcheck('check', '--spec', file)).toMatchObject(refused(150, 'expected JavaScript; compile it first'))
  })
})

/** Stores the counterexample of the race; answers its file. */
function writeTrace(change: (text: string) => string = (text) => text): string {
  const file = join(folder, 'race.itf.json')
  const { code } = swapcheck('check', '--spec', race, 'increments+broken', '--itf', file)
  if (code !== 0) throw new Error('no counterexample')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  return file
}

describe('replay', () => {
  const replay = (file: string) => swapcheck('replay', '--spec', race, file)

  test('a counterexample that check stored', () => {
    const { code, stdout, stderr } = replay(writeTrace())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('CPU0 incrementer    CPU1 incrementer\n')
    expect(stdout).toMatch(/replayed: 8 steps, violates NoLostUpdate\n$/)
  })

  test('a story that was written into it is told', () => {
    const file = writeTrace((text) => text.replace('"tool"', '"story": "Two CPUs\\nand\\u001b[2J one lock.",\n    "tool"'))
    expect(replay(file).stdout).toContain('Two CPUs\nand?[2J one lock.\n')
  })

  test.each<[string, (text: string) => string, number, string]>([
    ['a truncated file', (text) => text.slice(0, 500), 151, 'it is not JSON, or only a part of it'],
    ['no JSON', () => 'swapcheck', 151, 'it is not JSON, or only a part of it'],
    ['an empty file', () => '', 151, 'it is not JSON, or only a part of it'],
    ['JSON that is no ITF', () => '{"a": 1}', 151, 'is not a counterexample in ITF: #meta: is missing'],
    ['a deep nest', () => `${'['.repeat(1e6)}${']'.repeat(1e6)}`, 151, 'is not a counterexample in ITF'],
    [
      'a trace of a spec that is not there',
      (text) => text.replaceAll('race/increments+broken', 'rice/increments'),
      16,
      "is a trace of 'rice/increments', and there is no such scenario; the nearest are race/increments",
    ],
    [
      'a trace of another scenario',
      (text) => text.replaceAll('race/increments+broken', 'ticker/vacuous'),
      16,
      'is not a behaviour of ticker/vacuous: it starts in no initial state',
    ],
    [
      'a trace of the repaired scenario',
      (text) => text.replaceAll('race/increments+broken', 'race/increments'),
      16,
      'is not a behaviour of race/increments: step 1, CPU0 incrementer increment.lock, leads to another state; from the file to the spec: locked false -> true',
    ],
    [
      'a step that is not enabled',
      (text) => text.replace('"step":"increment.load"', '"step":"increment.store"'),
      16,
      'step 2, CPU0 incrementer increment.store, is not enabled; enabled are CPU0 incrementer increment.load, CPU1 incrementer increment.lock',
    ],
    [
      'a state that was changed',
      (text) => text.replace('"counter":{"#bigint":"1"}', '"counter":{"#bigint":"2"}'),
      16,
      'step 5, CPU1 incrementer increment.store, leads to another state; from the file to the spec: counter 2 -> 1',
    ],
    [
      'a process that is elsewhere',
      (text) => text.replace('increment.load', 'increment.store'),
      16,
      'from the file to the spec: CPU0 incrementer: at increment.store -> increment.load',
    ],
    [
      'an end that was cut off',
      (text) => text.replace(/,\n[^\n]*\n {2}\]/, '\n  ]'),
      16,
      'all 7 steps can be run, but do not end in NoLostUpdate',
    ],
  ])('%s is refused', (_, change, code, message) => {
    const ran = replay(writeTrace(change))
    expect(ran).toMatchObject(refused(code, message))
  })

  test('of a file that does not exist', () => {
    expect(replay(join(folder, 'nothing.json'))).toMatchObject({ ...refused(151, 'there is no such file'), stdout: '' })
  })

  test('of a folder', () => expect(replay(folder)).toMatchObject(refused(151, 'cannot read')))

  test('of a scenario that has become faulty', () => {
    const file = writeTrace((text) => text.replaceAll('race/increments+broken', 'faulty/no-values'))
    expect(swapcheck('replay', '--spec', faulty, file)).toMatchObject(refused(150, 'faulty/no-values is at fault'))
    const other = writeTrace((text) => text.replaceAll('race/increments+broken', 'faulty/init-throws'))
    expect(swapcheck('replay', '--spec', faulty, other)).toMatchObject(refused(75, 'init: no first state'))
  })
})

describe('--itf', () => {
  test('says that there is no counterexample, and leaves a file that is there', () => {
    const file = join(folder, 'kept.json')
    writeFileSync(file, 'kept')
    const ran = swapcheck('check', '--spec', race, 'increments', '--itf', file)
    expect(ran).toMatchObject({ code: 0, stderr: `${file}: not written, as race/increments has no counterexample\n` })
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test.each(['deadlock', 'assertion', 'vacuous'])('what ends in %s can be replayed, if it has a trace', (name) => {
    const file = join(folder, `${name}.itf.json`)
    swapcheck('check', '--spec', race, name, '--itf', file)
    expect(swapcheck('replay', '--spec', race, file).code).toBe(name === 'vacuous' ? 151 : 0)
  })

  test.each(['throws', 'leaves-range'])('what ends in an error of the spec can be replayed: %s', (name) => {
    const file = join(folder, `${name}.itf.json`)
    swapcheck('check', '--spec', faulty, name, '--itf', file)
    expect(swapcheck('replay', '--spec', faulty, file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ends in an error of the spec'),
    })
  })
})

describe('a counterexample without an end', () => {
  test('is stored, and replayed', () => {
    const file = join(folder, 'endless.itf.json')
    expect(swapcheck('check', '--spec', race, 'never-locked', '--itf', file).code).toBe(13)
    const { code, stdout } = swapcheck('replay', '--spec', race, file)
    expect(code).toBe(0)
    expect(stdout).toContain('== from here to the end, again and again ==')
    expect(stdout).toContain('replayed: 3 steps, violates LockedAtLast')
  })

  test('that does not come back to where its loop begins is none', () => {
    const file = join(folder, 'no-loop.itf.json')
    swapcheck('check', '--spec', race, 'never-locked', '--itf', file)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"loop": 0', '"loop": 1'))
    expect(swapcheck('replay', '--spec', race, file)).toMatchObject(refused(16, 'all 3 steps can be run, but do not end in LockedAtLast'))
  })
})

test('a counterexample that is written anew keeps the story that somebody has told of it', () => {
  const file = join(folder, 'told.itf.json')
  swapcheck('check', '--spec', race, 'increments+broken', '--itf', file)
  const fresh = readFileSync(file, 'utf8')
  const told = fresh.replace(/("command": .*)\n/, '$1,\n    "story": "Both load, then both store."\n')
  writeFileSync(file, told)
  swapcheck('check', '--spec', race, 'increments+broken', '--itf', file)
  expect(JSON.parse(readFileSync(file, 'utf8'))['#meta'].story).toBe('Both load, then both store.')
  swapcheck('check', '--spec', race, 'other-property', '--itf', file)
  expect(JSON.parse(readFileSync(file, 'utf8'))['#meta'].story).toBe(undefined)
})

describe('mutate', () => {
  test('a line for each protection, and 0 where each is missed', () => {
    const { code, stdout, stderr } = swapcheck('mutate', 'classics')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\nok {2}give way +classics\/peterson-2 +8 {2}EntryIsEarned\n/)
    expect(stdout).toMatch(/ protections, (\d+) noticed, 0 not; all as the spec says\n$/)
  })

  test('--json', () => {
    const { code, stdout } = swapcheck('mutate', 'classics', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toContainEqual({
      protection: 'blacken the sender',
      asExpected: true,
      tried: 1,
      noticed: { verdict: 'violated', property: 'Inv', scenario: 'classics/ewd840-3', distinct: expect.any(Number), depth: 4 },
    })
  })

  test('a spec whose scenarios do not hold is refused', () =>
    expect(swapcheck('mutate', 'race', '--spec', race)).toMatchObject(refused(11, 'race/deadlock does not hold as it is (deadlock)')))

  test('15 where nobody misses a protection, and the spec does not say why', () => {
    const { code, stdout } = swapcheck('mutate', 'spare', '--spec', race)
    expect(code).toBe(15)
    expect(stdout).toMatch(/\nFAIL +belt +nobody\n/)
    expect(stdout).toContain('2 protections, 1 noticed, 1 not; 1 not as the spec says')
  })
})
