import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { specs, swapcheck } from './swapcheck.js'

/** Stores the counterexample of the race in a folder; answers its file. */
export function writeTrace(folder: string, change: (text: string) => string = (text) => text): string {
  const file = join(folder, 'race.itf.json')
  const { code } = swapcheck('check', '--spec', specs('race'), 'increments+broken', '--itf', file)
  if (code !== 0) throw new Error('no counterexample')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  return file
}
