/** mm/page_io.c: a read from the device fails. */
import { choose, ret } from '../../checker/index.js'
import { folio_end_read } from '../kernel/folio-lock.js'
import { procedure } from './state.js'

/** One read at most: that of the folio that is looked at, if it is being read. */
export const read_error = procedure(
  'read_error',
  {},
  {
    /** __end_swap_bio_read(): if (bio->bi_status) pr_alert_ratelimited("Read-error on swap-device …"); folio_unlock(folio); */
    __end_swap_bio_read(s) {
      const folio = s.folio[choose(s.folio.ids)]
      if (!folio.reading) return ret()
      s.device.read_failed = true
      folio.bio = 0
      folio.reading = false
      folio_end_read(folio)
      return ret()
    },
  },
)
