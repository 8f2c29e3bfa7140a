import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { inShell } from './shell.js'

test('plain words stay as they are', () => {
  expect(inShell('swapcheck', 'check', 'vswap/direct-swapin+broken')).toBe('swapcheck check vswap/direct-swapin+broken')
})

test('a shell reads quoted words as they were', () => {
  const words = ["it's", 'a b', '$HOME', '*', '']
  const read = execFileSync('sh', ['-c', `printf '%s\\n' ${inShell(...words)}`], { encoding: 'utf8' })
  expect(read).toBe(`${words.join('\n')}\n`)
})
