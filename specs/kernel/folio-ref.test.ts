import { describe, expect, test } from 'vitest'
import {
  array,
  assert,
  bool,
  domain,
  int,
  language,
  process,
  type RecordView,
  type Ref,
  record,
  ref,
  ret,
  schema,
} from '../../checker/index.js'
import { folio_get, folio_put_testzero, folio_ref_add, folio_try_get } from './folio-ref.js'
import { alloc, free, life, live } from './memory.js'
import { litmus } from './testing/litmus.js'

const Folio = domain('folio', 1)
const state = schema({ i_pages: ref(Folio), folio: array(Folio, record({ life, _refcount: int(0, 7), reused: bool })) })
type State = RecordView<(typeof state)['fields']>
const { procedure, spec, guard } = language(state, { protections: ['unless zero', 'look again'] })

function folio_put(s: State, folio: Ref<'folio'>): void {
  if (folio !== 0 && folio_put_testzero(s.folio[folio])) free(s.folio, folio)
}

/** filemap_get_folio(): the folio may be freed, and allocated for something else, between the load and the get. */
const filemap_get_folio = procedure(
  'filemap_get_folio',
  { locals: { folio: ref(Folio) } },
  {
    xas_load(s, me) {
      me.folio = s.i_pages
      return me.folio === 0 ? ret() : 'try_get'
    },
    try_get(s, me) {
      if (me.folio === 0) return ret()
      if (!guard('unless zero')) folio_ref_add(s.folio[me.folio], 1)
      else if (!folio_try_get(s.folio[me.folio])) return 'xas_load'
      return guard('look again') ? 'xas_reload' : 'use'
    },
    xas_reload(s, me) {
      return me.folio === s.i_pages ? 'use' : 'put_and_repeat'
    },
    put_and_repeat(s, me) {
      folio_put(s, me.folio)
      return 'xas_load'
    },
    use(s, me) {
      assert(!live(s.folio, me.folio).reused, "another's page")
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** Takes the folio out of the page cache, and drops the reference of the cache. */
const remove = procedure(
  'remove',
  { locals: { folio: ref(Folio) } },
  {
    xas_store(s, me) {
      me.folio = s.i_pages
      s.i_pages = 0
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** Another thread is given the page, if it is free by then, and keeps it. */
const reuse = procedure(
  'reuse',
  {},
  {
    folio_alloc(s) {
      const folio = alloc(s.folio)
      if (folio === 0) return ret()
      folio_ref_add(s.folio[folio], 1)
      s.folio[folio].reused = true
      return ret()
    },
  },
)

const cache = spec({
  name: 'cache',
  title: 'A lookup without locks, against removal and reuse',
  init(s) {
    s.i_pages = alloc(s.folio)
    if (s.i_pages !== 0) folio_ref_add(s.folio[s.i_pages], 1)
  },
  properties: [],
})
const run = [process('lookup', filemap_get_folio)({}), process('remove', remove)({}), process('reuse', reuse)({})]

describe('a lookup without locks', () => {
  test('never has a page that is free, or that is somebody else’s by now', () => {
    expect(litmus(cache, run)).toBe('holds')
  })

  test('takes a reference unless there is none left to share, or frees the page once more', () => {
    expect(litmus(cache, run, { without: ['unless zero'] })).toBe('violated NoDoubleFree: double free')
  })

  test('looks again whether it is still the page that it sought', () => {
    expect(litmus(cache, run, { without: ['look again'] })).toBe("violated another's page: another's page")
  })
})

test('folio_get is for who has a reference already', () => {
  const folio = { _refcount: 1 }
  folio_get(folio)
  expect(folio._refcount).toBe(2)
  expect(() => folio_get({ _refcount: 0 })).toThrow('VM_BUG_ON_FOLIO(folio_ref_zero_or_close_to_overflow(folio), folio)')
})

test('references are added and put by number', () => {
  const folio = { _refcount: 1 }
  folio_ref_add(folio, 4)
  expect(folio_put_testzero(folio, 2)).toBe(false)
  expect(folio_put_testzero(folio, 3)).toBe(true)
  expect(() => folio_put_testzero(folio)).toThrow('VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)')
})
