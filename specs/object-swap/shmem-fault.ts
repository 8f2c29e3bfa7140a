/** A fault on a page of a shmem inode: its page cache holds folios and nothing else. */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_put, held } from './folio.js'
import { read_object } from './read-object.js'
import { Folios, guard, Objects, Pte, procedure } from './state.js'

export const shmem_fault = procedure(
  'shmem_fault',
  { args: { pte: Pte }, locals: { object: ref(Objects), folio: ref(Folios) }, calls: [read_object] },
  {
    /** folio = read_object(inode, offset); */
    read_object(s, me) {
      me.object = s.pte[me.pte].object
      return call(read_object, { object: known(me.object) }, 'folio_lock', 'folio')
    },
    /** if (!folio) goto out; folio_lock(folio); */
    folio_lock(s, me) {
      if (me.folio === 0) return ret()
      return folio_lock(held(s, me.folio), me.self) ? 'recheck' : blocked
    },
    /** if (folio->mapping != inode->i_mapping) { folio_unlock(folio); folio_put(folio); goto retry; } */
    recheck(s, me) {
      const { cached, mapping } = held(s, me.folio)
      const isSame = cached && mapping === me.object
      return isSame || !guard('recheck folio->mapping once it is locked') ? 'pte_offset_map_lock' : 'unlock'
    },
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'set_pte_range' : blocked
    },
    /** if (pte_none(ptep_get(vmf->pte))) set_pte_range(vmf, folio, page, 1, address); a shared mapping is writable at once, and our reference is the PTE's now */
    set_pte_range(s, me) {
      if (s.pte[me.pte].kind === 'none') {
        Object.assign(s.pte[me.pte], { kind: 'present', folio: me.folio, writable: true })
        held(s, me.folio)._mapcount += 1
        me.object = 0
      }
      return 'pte_unmap_unlock'
    },
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return 'unlock'
    },
    unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return me.object === 0 ? ret() : 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
