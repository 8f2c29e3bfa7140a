import { describe, expect, test } from 'vitest'
import {
  array,
  bool,
  domain,
  int,
  language,
  oneOf,
  process,
  record,
  ref,
  ret,
  type Scenario,
  scenario,
  schema,
  set,
  Thread,
} from '../../checker/index.js'
import { findField } from './goals.js'
import { fieldNames, soughtField } from './sought-field.js'

const Desc = domain('desc', 1)
const { procedure, spec } = language(
  schema({
    desc: array(Desc, record({ refs: int(0, 3), kind: oneOf('none', 'swap', 'folio') })),
    head: ref(Desc),
    first: Desc,
    done: bool,
    inside: set(Thread),
  }),
)
const main = procedure(
  'main',
  {},
  {
    one(s, me) {
      s.inside.add(me.self)
      return 'two'
    },
    two(s) {
      const [, second] = s.desc.ids
      if (second !== undefined) s.desc[second].refs += 1
      return 'three'
    },
    three(s, me) {
      s.inside.delete(me.self)
      s.done = true
      return ret()
    },
  },
)
const run = process('p', main)
const two = scenario(
  spec({
    name: 'fields',
    title: '',
    init(s) {
      const [first, second] = s.desc.ids
      if (first !== undefined) s.first = first
      if (second !== undefined) s.desc[second].kind = 'swap'
    },
    properties: [],
  }),
  {
    name: 'two',
    title: '',
    bounds: { desc: 2 },
    run: [run({}), run({})],
    expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 },
  },
) as unknown as Scenario

/** How many steps lead there, or why none do. */
async function steps(text: string): Promise<number | string> {
  const found = await findField(two, text, new AbortController().signal)
  return 'trace' in found ? found.trace.steps.length : found.reason
}

describe('the first state in which', () => {
  test.each<[string, number | string]>([
    ['desc[2].refs = 2', 4],
    [' desc[2].refs==1 ', 2],
    ['desc[2].refs', 2],
    ['desc[2].kind = swap', 0],
    ['desc[1].kind = folio', 'it never is'],
    ['desc[1].kind', 'no step changes it'],
    ['head = NULL', 0],
    ['first = 1', 0],
    ['done = true', 3],
    ['done', 3],
    ['inside = {}', 0],
    ['inside = { 2, 1 }', 2],
    ['inside', 1],
  ])('%s', async (text, found) => expect(await steps(text)).toBe(found))
})

describe('what says nothing of the state', () => {
  test.each<[string, string]>([
    ['', "expected a field, and a value or none, such as desc[1].swap_refs = 3; came ''"],
    ['desc[1].refs > 2', "expected a field, and a value or none, such as desc[1].swap_refs = 3; came 'desc[1].refs > 2'"],
    ['process.exit() = 1', "expected a field, and a value or none, such as desc[1].swap_refs = 3; came 'process.exit() = 1'"],
    ['dsec[1].refs', "the state has desc, head, first, done, inside; came 'dsec': did you mean desc?"],
    ['constructor.name', "the state has desc, head, first, done, inside; came 'constructor'"],
    ['desc[1].toString', "desc[1] has refs, kind; came 'toString'"],
    ['desc[3].refs', 'desc is an array: expected desc[1] to desc[2]; came [3]'],
    ['desc.refs', "desc is an array: expected desc[1] to desc[2]; came 'refs'"],
    ['desc', 'desc is an array: expected desc[1] to desc[2]; it came alone'],
    ['desc[1]', 'desc[1] has refs, kind; it came alone'],
    ['desc[1].refs.x', "desc[1].refs has no parts; came 'x'"],
    ['done[1]', 'done has no parts; came [1]'],
    ['desc[1].refs = 4', "desc[1].refs is a whole number from 0 to 3; came '4'"],
    ['desc[1].kind = swp', "desc[1].kind is one of none, swap, folio (did you mean swap?); came 'swp'"],
    ['head = 3', "head is NULL, or 1 to 2; came '3'"],
    ['first = NULL', "first is 1 to 2; came 'NULL'"],
    ['done = 1', "done is true or false; came '1'"],
    ['inside = {3}', "inside is a set of 1 to 2, such as {} or {1}; came '{3}'"],
    ['inside = 1', "inside is a set of 1 to 2, such as {} or {1}; came '1'"],
  ])("'%s'", (text, message) => expect(() => soughtField(two, text)).toThrow(message))
})

test('the fields that one may write, not more than are asked for', () => {
  expect(fieldNames(two, 100)).toEqual(['desc[1].refs', 'desc[1].kind', 'desc[2].refs', 'desc[2].kind', 'head', 'first', 'done', 'inside'])
  expect(fieldNames(two, 3)).toHaveLength(3)
})
