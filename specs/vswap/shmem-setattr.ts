/** mm/shmem.c: shmem_setattr() that makes a file shorter (v6.14). The inode is locked: nobody writes to the file or cuts it otherwise. */
import { call, known, ordinal, ret } from '../../checker/index.js'
import { shmem_undo_part } from './shmem-undo-part.js'
import { Pte, procedure } from './state.js'

/** `start` is the first page that goes; it is not the first of the file. */
export const shmem_setattr = procedure(
  'shmem_setattr',
  { args: { start: Pte }, calls: [shmem_undo_part] },
  {
    /** i_size_write(inode, newsize); */
    i_size_write(s, me) {
      s.i_size = ordinal(known(me.start)) - 1
      return 'shmem_truncate_range'
    },
    /** shmem_truncate_range(inode, newsize, (loff_t)-1): shmem_undo_range(inode, lstart, lend, false); */
    shmem_truncate_range(_, me) {
      return call(shmem_undo_part, { start: me.start, end: 0 }, 'done')
    },
    done() {
      return ret()
    },
  },
)
