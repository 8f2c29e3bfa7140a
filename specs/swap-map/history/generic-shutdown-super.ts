/**
 * fs/super.c: generic_shutdown_super() of a tmpfs, with evict_inodes() (fs/inode.c) and shmem_evict_inode() (mm/shmem.c) in it (v5.1-rc4).
 *
 * Left out: what else a superblock has, and RCU that delays the free of an inode (nobody here looks one up under RCU).
 */
import { blocked, type Id, known, ret } from '../../../checker/index.js'
import { atomic_dec } from '../../kernel/atomic.js'
import { free } from '../../kernel/memory.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { Inode } from './umount-fields.js'

/** Of the file system of one inode. */
export const generic_shutdown_super = procedure(
  'generic_shutdown_super',
  { args: { inode: Inode } },
  {
    /** shrink_dcache_for_umount(sb): iput(inode) of the dentry's reference */
    shrink_dcache_for_umount(s, me) {
      atomic_dec(s.inode[me.inode], 'i_count')
      return 'evict_inodes'
    },
    /** evict_inodes(sb): if (atomic_read(&inode->i_count)) continue; … inode->i_state |= I_FREEING; under inode->i_lock, as igrab() */
    evict_inodes(s, me) {
      if (s.inode[me.inode].i_count > 0) return 'put_super'
      s.inode[me.inode].I_FREEING = true
      return 'shmem_truncate_range'
    },
    /** shmem_evict_inode(inode): shmem_truncate_range(inode, 0, (loff_t)-1); whose entry another may have taken in */
    shmem_truncate_range(s, me) {
      s.inode[me.inode].swapped = false
      return 'list_empty'
    },
    /** while (!list_empty(&info->swaplist)) { in v5.1-rc4: if (!list_empty(&info->swaplist)) { read without the mutex */
    list_empty(s, me) {
      return s.inode[me.inode].swaplist ? 'wait_var_event' : 'destroy_inode'
    },
    /** wait_var_event(&info->stop_eviction, !atomic_read(&info->stop_eviction)); */
    wait_var_event(s, me) {
      const isStopped = s.inode[me.inode].stop_eviction > 0 && guard('stop the eviction of the inode that swapoff looks through')
      return isStopped ? blocked : 'mutex_lock'
    },
    /** mutex_lock(&shmem_swaplist_mutex); */
    mutex_lock(s, me) {
      return spin_lock(tmpfs(s).shmem_swaplist_mutex, me.self) ? 'list_del_init' : blocked
    },
    /** …but beware of the race if we peeked too early: if (!atomic_read(&info->stop_eviction)) list_del_init(&info->swaplist); under the mutex */
    list_del_init(s, me) {
      if (s.inode[me.inode].stop_eviction === 0) s.inode[me.inode].swaplist = false
      return 'mutex_unlock'
    },
    /** mutex_unlock(&shmem_swaplist_mutex); } */
    mutex_unlock(s, me) {
      spin_unlock(tmpfs(s).shmem_swaplist_mutex, me.self)
      return 'list_empty'
    },
    /** destroy_inode(inode); } */
    destroy_inode(s, me) {
      Object.assign(s.inode[me.inode], { I_FREEING: false })
      free(s.inode, me.inode)
      return 'put_super'
    },
    /** if (!list_empty(&sb->s_inodes)) printk("VFS: Busy inodes after unmount of %s. Self-destruct in 5 seconds.…"); … sop->put_super(sb); kfree(s) */
    put_super(s) {
      free(s.super_block, known(s.super_block.ids[0] ?? 0))
      return ret()
    },
  },
)

function tmpfs(s: State): State['super_block'][Id<'super_block'>] {
  return s.super_block[known(s.super_block.ids[0] ?? 0)]
}
