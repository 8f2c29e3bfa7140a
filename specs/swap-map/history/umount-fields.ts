/**
 * A tmpfs that is unmounted while swapoff looks for its pages: its superblock, and an inode of it with a page that is swapped out.
 *
 * Only scenarios with an unmount have one.
 */
import { array, bool, domain, int, record } from '../../../checker/index.js'
import { life } from '../../kernel/memory.js'
import { spinlock_t } from '../../kernel/spinlock.js'

/** `struct super_block` of a tmpfs, with its s_fs_info. */
export const SuperBlock = domain('super_block', 0)
/** `struct inode`, with the shmem_inode_info around it. */
export const Inode = domain('inode', 0)

/** Fields of the state, by their names. */
export const umount_fields = {
  super_block: array(
    SuperBlock,
    record({
      life,
      /** One for all of tmpfs; it is here because there is no other tmpfs. */
      shmem_swaplist_mutex: spinlock_t,
    }),
  ),
  inode: array(
    Inode,
    record({
      life,
      /** Of the dentry, and of whoever called igrab(). */
      i_count: int(0, 2),
      /** i_state & (I_FREEING | I_WILL_FREE) */
      I_FREEING: bool,
      /** On shmem_swaplist. */
      swaplist: bool,
      /** info->swapped: the page of the file is a swap entry in i_pages. */
      swapped: bool,
      stop_eviction: int(0, 1),
    }),
  ),
}

export const umount_protections = [
  'stop the eviction of the inode that swapoff looks through',
  'drop stop_eviction while the inode is on the list',
] as const
