import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { repositoryPath } from './repository-path.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
mkdirSync(join(folder, 'repository', '.git'), { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

test('in a repository', () => {
  expect(repositoryPath(join(folder, 'repository', 'specs', 'a.ts'))).toBe('specs/a.ts')
})

test.each(['swapcheck', '@me/specs'])('in a package that is installed in one: %s', (name) => {
  const modules = join(folder, 'repository', 'node_modules', 'outer', 'node_modules')
  expect(repositoryPath(join(modules, name, 'specs', 'a.ts'))).toBe('specs/a.ts')
})

test('in no repository, but in the working directory', () => {
  const before = process.cwd()
  process.chdir(folder)
  expect(repositoryPath(join(process.cwd(), 'models', 'a.ts'))).toBe('models/a.ts')
  process.chdir(before)
})

test('elsewhere', () => {
  const file = join(folder, 'a.ts')
  expect(repositoryPath(file)).toBe(pathToFileURL(file).href)
})
