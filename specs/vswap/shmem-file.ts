/** mm/shmem.c: read() and write() of a page of a shmem file, with its folio lock; a hole stays one (v6.14). */
import { bool, call, type Procedure, ref, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { folio_put, held } from './folio.js'
import { shmem_get_folio_gfp } from './shmem-get-folio.js'
import { folio_file_page } from './shmem-mapping.js'
import { Folios, Pte, procedure } from './state.js'

type OfGetFolio = NonNullable<(typeof shmem_get_folio_gfp)['types']>
type GetFolio = Procedure<'shmem_get_folio_gfp', OfGetFolio['args'], OfGetFolio['returns']>

/** `get_folio` is shmem_get_folio_gfp(), of files with large folios or without. */
export const shmem_file_by = (get_folio: GetFolio) =>
  procedure(
    'shmem_file',
    { args: { index: Pte, write: bool }, locals: { folio: ref(Folios) }, calls: [get_folio] },
    {
      /** shmem_write_begin(), or shmem_file_read_iter(): ret = shmem_get_folio(inode, index, pos + len, &folio, sgp); */
      shmem_get_folio(_, me) {
        return call(get_folio, { index: me.index }, 'copy_folio_from_iter_atomic', 'folio')
      },
      /** copied = copy_folio_from_iter_atomic(folio, offset, bytes, i); the folio is locked */
      copy_folio_from_iter_atomic(s, me) {
        if (me.folio === 0) return ret()
        if (!me.write) return 'folio_unlock'
        const page = s.pte[me.index]
        page.stored = page.stored === 3 ? 1 : page.stored + 1
        s.folio[folio_file_page(s, me.folio, me.index)].data = page.stored
        return 'folio_mark_dirty'
      },
      /** shmem_write_end(): folio_mark_dirty(folio); */
      folio_mark_dirty(s, me) {
        held(s, me.folio).dirty = true
        return 'folio_unlock'
      },
      /** folio_unlock(folio); */
      folio_unlock(s, me) {
        folio_unlock(held(s, me.folio), me.self)
        return 'folio_put'
      },
      /** folio_put(folio); */
      folio_put(s, me) {
        folio_put(s, me.folio)
        return ret()
      },
    },
  )

export const shmem_file = shmem_file_by(shmem_get_folio_gfp)
