import { describe, expect, test } from 'vitest'
import { array, assert, bool, domain, int, language, process, record, ref, ret, schema } from '../../checker/index.js'
import { folio_get, folio_put_testzero, folio_ref_add, folio_try_get } from './folio-ref.js'
import { litmus } from './testing/litmus.js'

const Folio = domain('folio', 1)
const state = schema({ i_pages: ref(Folio), folio: array(Folio, record({ _refcount: int(0, 7), in_use: bool })) })
const { procedure, spec, guard } = language(state, { protections: ['unless zero', 'look again'] })

/** filemap_get_folio(): the folio may be freed, and used again for something else, between the load and the get. */
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
      if (!guard('unless zero')) folio_get(s.folio[me.folio])
      else if (!folio_try_get(s.folio[me.folio])) return 'xas_load'
      return guard('look again') ? 'xas_reload' : 'use'
    },
    xas_reload(s, me) {
      return me.folio === s.i_pages ? 'use' : 'put_and_repeat'
    },
    put_and_repeat(s, me) {
      if (me.folio !== 0 && folio_put_testzero(s.folio[me.folio])) s.folio[me.folio].in_use = false
      return 'xas_load'
    },
    use(s, me) {
      if (me.folio === 0) return ret()
      assert(!s.folio[me.folio].in_use, "another's page")
      if (folio_put_testzero(s.folio[me.folio])) s.folio[me.folio].in_use = false
      return ret()
    },
  },
)

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
      if (me.folio !== 0) folio_put_testzero(s.folio[me.folio])
      return ret()
    },
  },
)

/** Another thread is given the page, if it is free by then, and keeps it. */
const folio_alloc = procedure(
  'folio_alloc',
  {},
  {
    folio_alloc(s) {
      for (const folio of s.folio.ids) {
        if (s.folio[folio]._refcount > 0) continue
        s.folio[folio]._refcount = 1
        s.folio[folio].in_use = true
      }
      return ret()
    },
  },
)

const cache = spec({
  name: 'cache',
  title: 'A lookup without locks, against removal and reuse',
  init(s) {
    for (const folio of s.folio.ids) {
      s.i_pages = folio
      s.folio[folio]._refcount = 1
    }
  },
  properties: [],
})
const run = [process('lookup', filemap_get_folio)({}), process('remove', remove)({}), process('alloc', folio_alloc)({})]

describe('a lookup without locks', () => {
  test('never has a page that is free or has become somebody else’s', () => {
    expect(litmus(cache, run)).toBe('holds')
  })

  test('takes a reference unless there is none left to share', () => {
    const bug = 'VM_BUG_ON_FOLIO(folio_ref_zero_or_close_to_overflow(folio), folio)'
    expect(litmus(cache, run, { without: ['unless zero'] })).toBe(`violated ${bug}: ${bug}`)
  })

  test('looks again whether it is still the page that it sought', () => {
    expect(litmus(cache, run, { without: ['look again'] })).toBe("violated another's page: another's page")
  })
})

test('references are added and put by number', () => {
  const folio = { _refcount: 1 }
  folio_ref_add(folio, 4)
  expect(folio_put_testzero(folio, 2)).toBe(false)
  expect(folio_put_testzero(folio, 3)).toBe(true)
  expect(() => folio_put_testzero(folio)).toThrow('VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)')
})
