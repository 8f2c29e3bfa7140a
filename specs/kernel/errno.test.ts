import { constants } from 'node:os'
import { platform } from 'node:process'
import { expect, test } from 'vitest'
import * as errno from './errno.js'

/** Node has no EHWPOISON. */
const named = Object.entries(errno).filter(([name]) => name in constants.errno)

test.runIf(platform === 'linux')('the numbers are those of Linux', () => {
  expect(named.length).toBeGreaterThanOrEqual(10)
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(named.map(([name]) => [name, constants.errno[name as keyof typeof constants.errno]])),
  )
})
