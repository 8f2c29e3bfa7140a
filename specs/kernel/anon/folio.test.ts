/** A folio that is freed with something left, on a spec of two steps. */
import { expect, test } from 'vitest'
import { array, known, language, process, type RecordView, record, ret, schema } from '../../../checker/index.js'
import { litmus } from '../testing/litmus.js'
import { Folios, folio_fields, pte_fields } from './fields.js'
import { folio_alloc, folio_put, held } from './folio.js'

const state = schema({ folio: array(Folios, record(folio_fields)), ...pte_fields })
type State = RecordView<(typeof state)['fields']>
type Folio = ReturnType<typeof held<typeof folio_fields>>
const { procedure, quiescent, spec } = language(state)

/** Allocates a folio, leaves something in it, and drops the only reference. */
function put(leave: (folio: Folio) => void): string {
  const owner = procedure(
    'owner',
    {},
    {
      folio_alloc(s) {
        leave(held(s, folio_alloc(s)))
        return 'folio_put'
      },
      folio_put(s) {
        folio_put(s, known(s.folio.ids[0] ?? 0))
        return ret()
      },
    },
  )
  const isFree = (s: State) => s.folio.ids.every((id) => s.folio[id].life === 'free' && s.folio[id].data === 0)
  const all = quiescent('Freed', 'Every folio is free, and nothing of it is left.', isFree)
  return litmus(spec({ name: 'folio', title: 'a folio', properties: [all] }), [process('owner', owner)({})])
}

const leaveData = (folio: Folio): void => {
  folio.data = 1
}

test.each<[string, (folio: Folio) => void, string]>([
  ['is freed with its last reference', leaveData, 'holds'],
  ['is not, while somebody else has one', (folio) => Object.assign(folio, { _refcount: 2 }), 'violated Freed'],
  ['is bad while it is mapped', (folio) => Object.assign(folio, { _mapcount: 1 }), 'BUG: Bad page state: nonzero mapcount'],
  ['is bad while it is locked', (folio) => Object.assign(folio, { PG_locked: true }), 'BUG: Bad page state: PAGE_FLAGS_CHECK_AT_FREE'],
  ['is bad in the swap cache', (folio) => Object.assign(folio, { swapcache: true }), 'BUG: Bad page state: in the swap cache'],
])('%s', (_, leave, verdict) => expect(put(leave)).toContain(verdict))
