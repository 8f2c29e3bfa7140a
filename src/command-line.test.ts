/** What is common to all commands: arguments, `--help`, modules of specs; and `swapcheck list`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from './testing/refused.js'
import { specs, swapcheck } from './testing/swapcheck.js'
import { writeTrace } from './testing/write-trace.js'

const race = specs('race')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('arguments', () => {
  test('--version', () => expect(swapcheck('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) }))

  test('--help lists commands, examples and exit codes', () => {
    const { code, stdout } = swapcheck('--help')
    expect(code).toBe(0)
    for (const text of [
      'swapcheck list',
      'swapcheck check [scenario..]',
      'swapcheck replay <counterexample>',
      'swapcheck mutate <name> [scenario..]',
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
        '--baseline --expect --help --itf --max-memory --max-states --max-time --no-reduction --no-spill --out --profile --reduction --reporter --resume --set ' +
        '--spec --spill --store --update --version --workers'
      ).split(' '),
    )
  })

  test.each<[string[], string]>([
    [[], 'expected a command: list, check, replay, simulate, ci, diff, conform, mutate, explore or graph'],
    [['chek'], "unknown command 'chek'; did you mean check?"],
    [['mutate', 'vswap', '--workers', '2'], "mutate has no option '--workers'; other commands have"],
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
    [['graph'], 'graph expects the name of a scenario'],
    [['graph', 'die-hard-5-3'], 'classics/die-hard-5-3 has actions, and no processes; give --of states'],
    [['graph', 'peterson-2', '--of', 'trace'], 'classics/peterson-2 has no counterexample (holds)'],
    [['graph', 'peterson-2', '--of', 'states', '--through', 'trn'], "--through was given 'trn'; expected c, turn, at; did you mean turn?"],
    [['graph', 'peterson-2', '--format', 'dott'], "--format was given 'dott'; expected dot, gexf, mermaid; did you mean dot?"],
    [['diff', 'peterson-2'], 'diff expects the names of two scenarios'],
    [['diff', 'peterson*', 'peterson-2'], "'peterson*' names 6 scenarios; expected one"],
    [['diff', 'peterson-2', 'die-hard-5-3'], 'classics/peterson-2 and classics/die-hard-5-3 have no variable in common'],
    [['diff', 'peterson-2', 'peterson-2', '--through', 'trn'], "--through was given 'trn'; expected c, turn, at; did you mean turn?"],
    [['diff', 'peterson-2', 'peterson-2', '--max-states', '10'], 'classics/peterson-2 has more than 10 states'],
    [['mutate'], 'mutate expects the name of a spec'],
    [['mutate', 'classic'], "no spec is called 'classic'; did you mean classics?"],
    [['mutate', 'swap-of-1999'], "no spec is called 'swap-of-1999'; expected classics, page"],
    [['mutate', 'classics', 'peterson-3'], "no scenario is called 'peterson-3'"],
    [
      ['mutate', 'classics', '--kind', 'guards,skip'],
      "--kind was given 'skip'; expected protections, guards, skips, swaps, locks; did you mean skips?",
    ],
    [['mutate', 'classics', '--min-score', '101'], "--min-score was given '101'; expected a whole number from 0 to 100"],
    [
      ['mutate', 'classics', 'peterson-2', '--mutant', 'skip:peterson.a1'],
      "no mutant is called 'skip:peterson.a1'; the nearest are skip:peterson.a1:a2",
    ],
    [['check', '--out'], '--out was given no value'],
    [['check', '--out', ''], '--out was given no value'],
    [['check', '--set', 'nightli'], "--set was given 'nightli'; expected default, nightly, huge; did you mean nightly?"],
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

describe('modules of specs', () => {
  test.each<[string, string]>([
    ['none', 'exports no scenarios'],
    ['unloadable', 'no such device'],
    ['no-such-file', 'Cannot find module'],
  ])('%s is refused', (name, message) => {
    for (const command of [['check'], ['list'], ['replay', writeTrace(folder)]]) {
      expect(swapcheck(...command, '--spec', specs(name))).toMatchObject({ ...refused(150, message), stdout: '' })
    }
  })

  test('TypeScript is refused, and the message says what to do', () => {
    const file = join(folder, 'spec.ts')
    writeFileSync(file, '')
    expect(swapcheck('check', '--spec', file)).toMatchObject(refused(150, 'expected JavaScript; compile it first'))
  })
})
