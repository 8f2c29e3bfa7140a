/** What others do to files of the server. */
import { ret } from '../../checker/index.js'
import { Files, procedure } from './state.js'

/** A write, which the server gives the next data version. */
export const server_write = procedure(
  'server_write',
  { args: { file: Files } },
  {
    write(s, me) {
      const file = s.server[me.file]
      file.key = file.next
      return ret()
    },
  },
)
