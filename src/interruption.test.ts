import { describe, expect, test } from 'vitest'
import { specs, start } from './testing/swapcheck.js'

/** Some depths are searched, and other threads have joined as a rule. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1000))

describe.each(['1', '2'])('Ctrl-C, %s workers', (workers) => {
  test('ends the run with what was found so far; the scenarios after it are not run', async () => {
    const running = start('check', '--spec', specs('huge'), 'announced', 'another', '--workers', workers)
    await running.written('begun')
    await aWhile()
    running.interrupt()
    const { code, stdout, stderr } = await running.ended()
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'begun\ninterrupted: ending with what was found so far (again: at once)\n' })
    expect(stdout).toMatch(/FAIL {2}odometer\/announced +incomplete +[1-9][\d,]+ /)
    expect(stdout).toContain('incomplete: the search was interrupted; nothing was violated until there.')
    expect(stdout).toMatch(/\n1 scenario, 0 as expected, 1 not; 1 was not run\n$/)
  })
})

test('the report of a run that was interrupted is whole', async () => {
  const running = start('check', '--spec', specs('huge'), 'announced', '--reporter', 'json', '--workers', '1')
  await running.written('begun')
  await aWhile()
  running.interrupt()
  const { code, stdout } = await running.ended()
  expect(code).toBe(130)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete', bound: 'interrupted', depth: expect.any(Number) })
})

test('the second kills at once, also while the counterexample is looked for', async () => {
  const running = start('check', '--spec', specs('slow'))
  await running.written('a violation was found')
  running.interrupt()
  await running.written('interrupted')
  running.interrupt()
  expect(await running.ended()).toMatchObject({ code: null, signal: 'SIGINT' })
})
