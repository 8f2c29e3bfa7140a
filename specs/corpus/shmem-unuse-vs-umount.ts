import type { Bug } from './bug.js'

export const shmemUnuseVsUmount: Bug = {
  id: 'A3.9',
  slug: 'shmem-unuse-vs-umount',
  spec: 'swap-map',
  title: 'mm: swapoff: shmem_unuse() stop eviction without igrab()',
  year: 2019,
  commits: ['778dd893ae78', 'af53d3e9e040'],
  kernel: { from: '5.1-rc1', fixed: '5.1' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 swapoff: shmem_unuse() finds an inode on shmem_swaplist, takes a reference by igrab(), drops shmem_swaplist_mutex and looks for swap entries in the inode.',
    'CPU1 umount: generic_shutdown_super() puts the reference of the dentry; evict_inodes() passes over the inode, as its i_count is not 0.',
    'CPU1 "VFS: Busy inodes after unmount of tmpfs. Self-destruct in 5 seconds.": the superblock is freed all the same.',
    'CPU0 shmem_swapin_page() reads SHMEM_SB(inode->i_sb), of a superblock that is gone; iput() would be next.',
    '2.6.39 had the same repaired by the mutex alone (778dd893ae78); `shmem-unuse-list-del` shows what is left of it in v6.14: stop_eviction of an inode that may be freed already.',
  ],
  vswap: { verdict: 'excluded', why: 'swapoff walks the slots of the device, and no inode: shmem_unuse() and shmem_swaplist are gone' },
}
