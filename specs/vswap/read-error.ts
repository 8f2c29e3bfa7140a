/** mm/page_io.c: a read from the device fails. */
import { choose, ret } from '../../checker/index.js'
import { procedure } from './state.js'
import { end_read } from './swap-read-folio.js'

/** One read at most: that of the folio that is looked at, if it is being read. */
export const read_error = procedure(
  'read_error',
  {},
  {
    /** __end_swap_bio_read(): if (bio->bi_status) pr_alert_ratelimited("Read-error on swap-device …"); folio_unlock(folio); */
    __end_swap_bio_read(s) {
      const id = choose(s.folio.ids)
      if (!s.folio[id].reading) return ret()
      s.device.read_failed = true
      end_read(s, id, 0, true)
      return ret()
    },
  },
)

/** The same where nobody waits for the device: from here on, no read past the swap cache succeeds. */
export const direct_read_error = procedure(
  'direct_read_error',
  {},
  {
    bi_status(s) {
      s.device.read_failed = true
      return ret()
    },
  },
)
