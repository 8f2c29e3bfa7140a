/** `swapcheck mutate`. */
import { describe, expect, test } from 'vitest'
import { refused } from './testing/refused.js'
import { specs, swapcheck } from './testing/swapcheck.js'

const race = specs('race')

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

const generic = ['--kind', 'guards,skips,swaps,locks']

describe('mutate --kind', () => {
  test('protections and others, in one report', () => {
    const { code, stdout, stderr } = swapcheck('mutate', 'classics', 'peterson-2', '--kind', 'protections,swaps')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\n3 protections, 3 noticed, 0 not; all as the spec says\n\n +mutant .*\nswaps +2 +2 +0 +0 +0 +100%\n$/s)
  })

  test('--json', () => {
    const { code, stdout } = swapcheck('mutate', 'classics', 'peterson-2', '--kind', 'protections,swaps', '--json')
    expect(code).toBe(0)
    const [first, , , swap, ...more] = JSON.parse(stdout)
    expect([first.protection, swap.mutant, swap.file, more.length]).toEqual([
      'raise the flag',
      'swap:peterson.a1:a2',
      'specs/classics/peterson.ts',
      1,
    ])
  })

  test('--mutant as JSON', () => {
    const { code, stdout } = swapcheck('mutate', 'classics', 'peterson-2', '--mutant', 'skip:peterson.a1:a2', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([{ mutant: 'skip:peterson.a1:a2', outcome: 'noticed' }])
  })

  test('--min-score: 15 where it is lower', () => {
    expect(swapcheck('mutate', 'classics', 'peterson-2', ...generic, '--min-score', '85').code).toBe(0)
    const stderr = 'swapcheck: 85% of the mutants are noticed; --min-score asks for 86%\n'
    expect(swapcheck('mutate', 'classics', 'peterson-2', ...generic, '--min-score', '86')).toMatchObject({ code: 15, stderr })
  })

  test('--max-states leaves one open', () => {
    const { code, stdout } = swapcheck('mutate', 'classics', 'peterson-2', '--kind', 'skips', '--max-states', '20')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nopen +skip:peterson.a4:a0 +nobody\n/)
  })

  test('locks of the kernel, left out', () => {
    const { code, stdout } = swapcheck('mutate', 'vswap', 'vswap/zap-vs-zap', '--kind', 'locks')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\nok +lock:zap_pte_range\.pte_offset_map_lock +vswap\/zap-vs-zap +\d+ +Refines\n/)
    expect(stdout).toMatch(/\nlives +lock:swapcache_clear +nobody\n/)
    expect(stdout).toMatch(/\nlocks +8 +3 +0 +5 +0 +37%\n$/)
  })
})
