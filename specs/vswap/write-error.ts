/** mm/page_io.c: a write to the device fails (v6.14). */
import { choose, known, ref, ret } from '../../checker/index.js'
import { Folios, guard, procedure } from './state.js'

/** One write at most: that of the folio that is looked at, if it is being written. */
export const write_error = procedure(
  'write_error',
  { locals: { folio: ref(Folios) } },
  {
    /**
     * __end_swap_bio_write(): if (bio->bi_status) folio_mark_dirty(folio); pr_alert_ratelimited("Write-error on swap-device …"); the medium
     * holds what it held
     */
    folio_mark_dirty(s, me) {
      const id = choose(s.folio.ids)
      const folio = s.folio[id]
      if (!folio.writeback || folio.bio === 0) return ret()
      me.folio = id
      folio.bio = 0
      if (guard('dirty the page that could not be written')) folio.dirty = true
      return 'folio_end_writeback'
    },
    /** folio_end_writeback(folio); */
    folio_end_writeback(s, me) {
      s.folio[known(me.folio)].writeback = false
      return ret()
    },
  },
)
