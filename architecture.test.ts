/** Who may import whom, and what may be where. The rules are for humans too: see README.md. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Source files by path. */
type Files = ReadonlyMap<string, string>

interface Import {
  readonly from: string
  /** A path in the repository, or the name of a package. */
  readonly to: string
  /** Leaves nothing behind when it is compiled. */
  readonly isType: boolean
}

const isTest = (file: string): boolean => /\.(test|test-d)\.ts$/.test(file) || /(^|\/)testing\//.test(file)

/** Packages that one file may import. */
const only: Readonly<Record<string, string>> = { 'src/vitest.ts': 'vitest', 'src/simulation.ts': 'fast-check' }

/** Clients of databases, which the stores alone may import, and how one of them is given what it sends. */
const databases = /^(@duckdb\/node-api|@clickhouse\/client|node:stream)$/
const stores = 'checker/store/'

/** The folder of a spec: `specs/vswap`. */
const specOf = (file: string): string => file.split('/').slice(0, 2).join('/')

/** All specs at once, each when it is asked for, and those of recordings. */
const registry = ['specs/index.ts', 'specs/load.ts', 'specs/recorded.ts']
/** What other specs stand on, what they refine, and what they say of themselves. */
const openSpecs = ['specs/kernel/', 'specs/page/', 'specs/cache/', 'specs/comparison/']

const testPackages = /^(vitest|fast-check|@fast-check\/vitest|playwright-core|ajv-draft-04|ajv-formats|libxml2-wasm|mermaid|node:.*)$/
const packages: Readonly<Record<string, RegExp>> = {
  checker: /^(immutable|node:worker_threads)$/,
  specs: /^$/,
  src: /^(fast-xml-builder|graphology|graphology-gexf|immutable|yargs|picocolors|picocolors\/types\.js|sarif|valibot|node:.*)$/,
}

/** Code for the browser: built apart, it knows only itself and what it is given. */
const browser = 'src/html/browser/'
const browserMay = /^(preact(\/hooks)?$|src\/html\/(browser\/|[a-z-]+-data\.ts$))/

/** Why an import is not allowed, or undefined. */
function forbidden({ from, to }: Import): string | undefined {
  if (from.startsWith(browser) && !isTest(from))
    return browserMay.test(to) ? undefined : `${from} imports ${to}, which the browser does not have`
  if (to.startsWith(browser) && !from.startsWith(browser)) return `${from} imports ${to}; that is for the browser`
  const [area = '', target = ''] = [from.split('/')[0], to.split('/')[0]]
  if (!['checker', 'specs', 'src'].includes(target)) {
    const isAllowed =
      packages[area]?.test(to) ||
      (from.startsWith(stores) && databases.test(to)) ||
      (isTest(from) && testPackages.test(to)) ||
      only[from] === to
    return isAllowed ? undefined : `${from} imports ${to}, which ${area} may not`
  }
  if (area === target) return area === 'specs' ? forbiddenSpec(from, to) : undefined
  const doors = target === 'specs' ? registry : [`${target}/index.ts`]
  if (area === 'checker' && !(isTest(from) && doors.includes(to)))
    return `${from} imports ${to}; the checker knows no specs and no application`
  if (target === 'src') return `${from} imports ${to}; nobody imports the application`
  const isOpen = doors.includes(to) || (isTest(from) && to.startsWith('checker/testing/'))
  return isOpen ? undefined : `${from} imports ${to}; the way in is ${doors.join(' or ')}`
}

function forbiddenSpec(from: string, to: string): string | undefined {
  const isOwn = specOf(from) === specOf(to) || openSpecs.some((spec) => to.startsWith(spec)) || registry.includes(from)
  const isRegistry = isTest(from) && registry.includes(to)
  return isOwn || isRegistry ? undefined : `${from} imports ${to}, the inside of another spec`
}

function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const to = specifier.text.startsWith('.')
      ? normalize(join(dirname(file), specifier.text)).replace(/\.js(x?)$/, '.ts$1')
      : specifier.text
    found.push({ from: file, to, isType })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** A circle of imports that are there at run time, as a path, or undefined. */
function circle(imports: readonly Import[]): string | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to, isType } of imports) if (!isType) next.set(from, [...(next.get(from) ?? []), to])
  const finished = new Set<string>()
  const visit = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' -> ')
    if (finished.has(file)) return undefined
    for (const to of next.get(file) ?? []) {
      const found = visit(to, [...path, file])
      if (found !== undefined) return found
    }
    finished.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const found = visit(file, [])
    if (found !== undefined) return found
  }
  return undefined
}

const vague = /(^|\/)(utils?|helpers?|common|misc)(\.|\/|$)/

const isSilent = (file: string): boolean => !file.startsWith('src/') && !isTest(file)

/** Everything that is against the rules, in words. */
function violations(files: Files): string[] {
  const imports = [...files].flatMap(([file, text]) => importsOf(file, text))
  const found = circle(imports)
  return [
    ...imports.flatMap((i) => forbidden(i) ?? []),
    ...(found === undefined ? [] : [`imports go in a circle: ${found}`]),
    ...[...files]
      .filter(([file, text]) => isSilent(file) && /\bconsole\./.test(text))
      .map(([file]) => `${file}: only the application speaks`),
    ...[...files.keys()].filter((file) => vague.test(file)).map((file) => `${file}: the name says nothing`),
  ]
}

function filesOf(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  return new Map(names.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]))
}

describe('the repository', () => {
  test.each(['checker', 'specs', 'src'])('%s keeps the rules', (folder) => expect(violations(filesOf(folder))).toEqual([]))

  test('has nothing else at its top level', () => {
    const conventional = /^(README|CHANGELOG|CONTRIBUTING|LICENSE)(\.md)?$|^(package|package-lock|tsconfig|tsconfig\.build|biome)\.json$/
    const own = /^(vitest\.config|architecture\.test|package\.test)\.ts$|^(checker|counterexamples|specs|src|\.ci|\.gitignore)$/
    const ignored = /^(\.git|node_modules|dist|.*\.tgz)$/
    const stray = readdirSync('.').filter((name) => ![conventional, own, ignored].some((allowed) => allowed.test(name)))
    expect(stray).toEqual([])
  })
})

describe('the rules', () => {
  const broken = (file: string, text: string) => violations(new Map([[file, text]]))

  test.each<[string, string, string]>([
    ['checker/a.ts', "import { x } from '../specs/index.js'", 'the checker knows no specs'],
    ['checker/a.ts', "import type { x } from '../src/main.js'", 'the checker knows no specs and no application'],
    ['checker/a.ts', "import { readFileSync } from 'node:fs'", 'checker/a.ts imports node:fs, which checker may not'],
    ['checker/a.ts', "import fc from 'fast-check'", 'imports fast-check'],
    ['checker/a.ts', "const x = await import('yargs')", 'imports yargs'],
    ['checker/explore/a.ts', "const x = await import('@duckdb/node-api')", 'imports @duckdb/node-api, which checker may not'],
    ['checker/a.ts', "type X = import('yargs').Argv", 'imports yargs'],
    ['specs/vswap/a.ts', "import { x } from '../../checker/schema/field.js'", 'the way in is checker/index.ts'],
    ['specs/vswap/a.ts', "export { x } from '../swap-map/b.js'", 'the inside of another spec'],
    ['specs/vswap/a.ts', "import { x } from '../index.js'", 'the inside of another spec'],
    ['specs/vswap/a.ts', "import { Map } from 'immutable'", 'imports immutable'],
    ['specs/vswap/a.test.ts', "import { x } from '../../src/main.js'", 'nobody imports the application'],
    ['src/a.ts', "import { x } from '../specs/vswap/b.js'", 'the way in is specs/index.ts or specs/load.ts or specs/recorded.ts'],
    ['src/a.ts', "import { x } from '../checker/explore/explore.js'", 'the way in is checker/index.ts'],
    ['src/a.ts', "import { test } from 'vitest'", 'imports vitest'],
    ['src/html/browser/a.tsx', "import { x } from '../page.js'", 'which the browser does not have'],
    ['src/html/browser/a.tsx', "import { readFileSync } from 'node:fs'", 'which the browser does not have'],
    ['src/html/page.ts', "import { x } from './browser/keys.js'", 'that is for the browser'],
    ['src/a.ts', "import fc from 'fast-check'", 'imports fast-check'],
    ['checker/a.ts', 'console.log(1)', 'only the application speaks'],
    ['src/utils.ts', '', 'the name says nothing'],
    ['checker/helpers/a.ts', '', 'the name says nothing'],
  ])('%s: %s', (file, text, message) => expect(broken(file, text)).toEqual([expect.stringContaining(message)]))

  test.each<[string, string]>([
    ['checker/a.ts', "import { Map } from 'immutable'\nimport type { x } from './schema/field.js'"],
    ['checker/a.test.ts', "import fc from 'fast-check'\nimport { test } from 'vitest'\nimport { toy } from './testing/toy.js'"],
    ['specs/vswap/a.ts', "import { x } from '../../checker/index.js'\nimport { y } from '../kernel/rcu.js'\nimport { z } from './b.js'"],
    ['checker/store/a.ts', "import type { X } from '@duckdb/node-api'\nconst x = await import('@duckdb/node-api')"],
    ['specs/index.ts', "import { scenarios } from './vswap/index.js'"],
    ['src/vitest.ts', "import { expect } from 'vitest'"],
    ['src/html/browser/a.tsx', "import { render } from 'preact'\nimport { b } from './b.jsx'\nimport type { c } from '../page-data.js'"],
    ['src/a.ts', "import yargs from 'yargs'\nimport { x } from '../checker/index.js'\nimport { y } from '../specs/index.js'"],
  ])('%s may: %s', (file, text) => expect(broken(file, text)).toEqual([]))

  test('a circle', () => {
    const files = new Map([
      ['checker/a.ts', "import { b } from './b.js'"],
      ['checker/b.ts', "export * from './c.js'"],
      ['checker/c.ts', "import { a } from './a.js'"],
    ])
    expect(violations(files)).toEqual(['imports go in a circle: checker/a.ts -> checker/b.ts -> checker/c.ts -> checker/a.ts'])
    expect(violations(files.set('checker/c.ts', "import type { a } from './a.js'"))).toEqual([])
  })
})
