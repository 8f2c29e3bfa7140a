import { describe, expect, test } from 'vitest'
import { lastPlace } from './extent.js'

/** What a source text holds between the parameters of a function and the last character that is found. */
function cut(source: string, text: string, parameters: string): string {
  const offset = (line: number): number => source.split('\n', line).reduce((sum, l) => sum + l.length + 1, 0)
  const at = source.indexOf(parameters)
  const line = source.slice(0, at).split('\n').length - 1
  const last = lastPlace(text, { line, column: at - offset(line) })
  return source.slice(at, offset(last.line) + last.column + 1)
}

describe('from its parameters, a function goes to its last character', () => {
  test.each<[string, string, string]>([
    ['a method', "lookup(s, me) { return 'x' }", '(s, me)'],
    ['over several lines', "lookup(s, me) {\n    return 'x'\n  }", '(s, me)'],
    ['an arrow', "(s) => 'y'", '(s)'],
    ['an arrow that takes a name', 's => f(s)', 's =>'],
    ['a function', 'function lookup(s) { return s }', '(s)'],
    ['a function without a name', 'function (s) { return s }', '(s)'],
    ['a generator', '*walk(s) { yield s }', '(s)'],
    ['an async function', 'async function f(s) {}', '(s)'],
  ])('%s', (_, text, parameters) => {
    const source = `const a = 1\nexport const b = { x: 1, ${text}, y: 2 }\n`
    expect(cut(source, text, parameters)).toBe(text.slice(text.indexOf(parameters)))
  })
})
