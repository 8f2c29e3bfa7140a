/** The package as its users get it: packed, installed in an empty folder, and used as a library and as a command. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] }

function run(cwd: string, command: string, ...words: string[]): string {
  return execFileSync(command, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The build is there already: the scripts that would make it again are left out. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-package-'))
  packed = JSON.parse(run('.', 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder))[0]
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed.filename}`)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }), 60_000)

const spec = `import { explore, int, language, scenario, schema } from 'swapcheck'

const { action, invariant, spec } = language(schema({ n: int(0, 3) }))
const tick = action('tick', {
  guard: (s) => s.n < 3,
  effect(s) {
    s.n += 1
  },
})
const counter = spec({ name: 'counter', title: 'A counter', actions: [tick], properties: [invariant('Low', 'It is low.', (s) => s.n < 3)] })
export const scenarios = [
  scenario(counter, { name: 'up', title: 'Up', expect: { verdict: 'violated', property: 'Low', distinct: 4, generated: 4, depth: 4 } }),
]
export const kinds = scenarios.map((s) => explore(s).verdict.kind)
`

test('holds what runs, and nothing else', () => {
  const folders = new Set(packed.files.map(({ path }) => path.split('/').slice(0, 2).join('/')))
  expect([...folders]).toEqual(expect.arrayContaining(['dist/checker', 'dist/specs', 'dist/src', 'package.json', 'LICENSE']))
  expect(packed.files.filter(({ path }) => /testing|bench|\.test\.|tsbuildinfo/.test(path))).toEqual([])
})

test('is a library for JavaScript', () => {
  writeFileSync(join(folder, 'spec.js'), spec)
  expect(run(folder, process.execPath, '--input-type=module', '-e', "console.log((await import('./spec.js')).kinds)")).toBe(
    "[ 'violated' ]\n",
  )
})

test('has types', () => {
  writeFileSync(join(folder, 'spec.ts'), `${spec}\n// @ts-expect-error: there is no field m\ninvariant('Wrong', '', (s) => s.m === 0)\n`)
  symlinkSync(join(process.cwd(), 'node_modules/typescript'), join(folder, 'node_modules/typescript'))
  run(
    folder,
    process.execPath,
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    'spec.ts',
  )
}, 120_000)

/** What the page of the commands shows, in a language. */
function shown(language: string): string {
  const page = readFileSync('src/COMMANDS.md', 'utf8')
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''
}

/** A spec that holds, as the page has one. */
const protocol = spec
  .replace('s.n < 3)] })', 's.n < 4)], final: () => true })')
  .replace("expect: { verdict: 'violated', property: 'Low',", "expect: { verdict: 'holds',")

test('has a matcher for vitest, with its types, as the page shows it', () => {
  symlinkSync(join(process.cwd(), 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
  writeFileSync(join(folder, 'protocol.js'), protocol)
  writeFileSync(join(folder, 'protocol.test.js'), shown('js'))
  writeFileSync(join(folder, 'spec.js'), spec)
  const suite = "import 'swapcheck/vitest'\nimport { expect, test } from 'vitest'\nimport { scenarios } from './spec.js'\n"
  writeFileSync(join(folder, 'up.test.ts'), `${suite}\ntest('up', () => expect(scenarios[0]).not.toHold())\n`)
  const ran = run(folder, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--reporter=tap-flat')
  expect(ran).toMatch(/^ok \d - protocol.test.js/m)
  expect(ran).toMatch(/^ok \d - up.test.ts/m)
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowJs', '--module', 'nodenext', '--target', 'es2023']
  run(folder, process.execPath, join(process.cwd(), 'node_modules/typescript/bin/tsc'), ...options, 'up.test.ts')
}, 120_000)

test('has a command for a workflow, as the page shows it', () => {
  const words = /- run: npx (swapcheck .*)/.exec(shown('yaml'))?.[1]?.split(' ') ?? []
  writeFileSync(join(folder, 'protocol.js'), protocol)
  run(folder, 'npx', '--no-install', ...words, '--update')
  expect(run(folder, 'npx', '--no-install', ...words)).toContain('1 scenario: 1 as in swapcheck.lock')
  writeFileSync(join(folder, 'protocol.js'), protocol.replace('s.n < 3,', 's.n < 2,'))
  expect(() => run(folder, 'npx', '--no-install', ...words)).toThrow(expect.objectContaining({ status: 17 }))
})

test('has the specs', () => {
  const script = "console.log((await import('swapcheck/specs')).scenarios.some((s) => s.id === 'classics/two-phase-commit-3'))"
  expect(run(folder, process.execPath, '--input-type=module', '-e', script)).toBe('true\n')
})

test('is a command, also for specs of its user', () => {
  expect(run(folder, 'npx', '--no-install', 'swapcheck', 'list')).toContain('classics/two-phase-commit-7')
  writeFileSync(join(folder, 'spec.js'), spec)
  expect(run(folder, 'npx', '--no-install', 'swapcheck', 'check', '--spec', 'spec.js')).toContain('ok    counter/up')
})
