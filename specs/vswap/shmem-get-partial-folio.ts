/** mm/shmem.c: shmem_get_partial_folio() (v6.14): the folio at a border of what is cut out of a file. */
import { blocked, known, ref, ret, tail } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { folio_put, held } from './folio.js'
import { large_shmem_get_folio_gfp } from './large-shmem-get-folio.js'
import { xas_load } from './multi-index.js'
import { is_in_mapping } from './shmem-mapping.js'
import { Folios, Pte, procedure } from './state.js'

/** The folio, locked, with a reference; 0 for a hole, and where the page is swapped out beyond i_size. */
export const shmem_get_partial_folio = procedure(
  'shmem_get_partial_folio',
  { args: { index: Pte }, locals: { sibling: ref(Pte), folio: ref(Folios) }, calls: [large_shmem_get_folio_gfp], returns: ref(Folios) },
  {
    /** folio = filemap_get_entry(inode->i_mapping, index); if (!folio) return folio; if (!xa_is_value(folio)) … */
    filemap_get_entry(s, me) {
      const page = xas_load(s, me)
      if (page === 'sibling') return 'filemap_get_entry'
      me.folio = page.folio
      if (me.folio !== 0) return 'folio_try_get'
      return page.kind === 'none' ? ret(0) : 'shmem_get_folio'
    },
    /** in filemap_get_entry(): if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : 'filemap_get_entry'
    },
    /** if (unlikely(folio != xas_reload(&xas))) { folio_put(folio); goto repeat; } */
    xas_reload(s, me) {
      const page = xas_load(s, me)
      if (page === 'sibling') return 'xas_reload'
      if (page.folio === me.folio) return 'folio_lock'
      folio_put(s, me.folio)
      return 'filemap_get_entry'
    },
    /** folio_lock(folio); */
    folio_lock(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'folio_mapping' : blocked
    },
    /** if (folio->mapping == inode->i_mapping) return folio; "The folio has been swapped out" */
    folio_mapping(s, me) {
      return is_in_mapping(s, me.folio) ? ret(me.folio) : 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'shmem_get_folio'
    },
    /** folio = NULL; shmem_get_folio(inode, index, 0, &folio, SGP_READ); return folio; */
    shmem_get_folio(_, me) {
      return tail(large_shmem_get_folio_gfp, { index: me.index })
    },
  },
)
