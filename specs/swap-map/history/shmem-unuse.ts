/**
 * mm/shmem.c: shmem_unuse(), as v5.1-rc4 had it, and as af53d3e9e040 has repaired it. swapoff calls it for each type of swap device.
 *
 * Left out: the lookup of the page that is swapped in, which needs nothing of the inode; a second inode, for which the first would be put later.
 */
import { assert, blocked, type Id, known, type Ref, ref, ret } from '../../../checker/index.js'
import { atomic_dec_and_test, atomic_inc } from '../../kernel/atomic.js'
import { live, NoUseAfterFree } from '../../kernel/memory.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { Inode } from './umount-fields.js'

export const shmem_unuse = procedure(
  'shmem_unuse',
  { locals: { inode: ref(Inode), prev_inode: ref(Inode) } },
  {
    /** mutex_lock(&shmem_swaplist_mutex); */
    mutex_lock(s, me) {
      return spin_lock(tmpfs(s).shmem_swaplist_mutex, me.self) ? 'list_for_each_entry_safe' : blocked
    },
    /** list_for_each_entry_safe(info, next, &shmem_swaplist, swaplist) { if (!info->swapped) { list_del_init(&info->swaplist); continue; } under the mutex */
    list_for_each_entry_safe(s, me) {
      me.inode = me.prev_inode === 0 ? (s.inode.ids.find((id) => s.inode[id].swaplist) ?? 0) : 0
      if (me.inode === 0) return 'mutex_unlock_end'
      const info = live(s.inode, me.inode)
      if (!info.swapped) {
        info.swaplist = false
        return 'mutex_unlock_end'
      }
      return guard('stop the eviction of the inode that swapoff looks through') ? 'atomic_inc' : 'igrab'
    },
    /** atomic_inc(&info->stop_eviction); */
    atomic_inc(s, me) {
      atomic_inc(live(s.inode, me.inode), 'stop_eviction')
      return 'mutex_unlock'
    },
    /** In v5.1-rc4: inode = igrab(&info->vfs_inode); if (!inode) continue; under inode->i_lock */
    igrab(s, me) {
      const inode = live(s.inode, me.inode)
      if (inode.I_FREEING) return 'mutex_unlock_end'
      atomic_inc(inode, 'i_count')
      return 'mutex_unlock'
    },
    /** mutex_unlock(&shmem_swaplist_mutex); */
    mutex_unlock(s, me) {
      spin_unlock(tmpfs(s).shmem_swaplist_mutex, me.self)
      return 'find_get_entries'
    },
    /** shmem_unuse_inode(inode, type, …): pvec.nr = shmem_find_swap_entries(mapping, start, …); if (pvec.nr == 0) … break; */
    find_get_entries(s, me) {
      return live(s.inode, me.inode).swapped ? 'shmem_swapin_page' : 'scanned'
    },
    /** shmem_unuse_swap_entries(): shmem_swapin_page(inode, indices[i], &page, …): struct shmem_sb_info *sbinfo = SHMEM_SB(inode->i_sb); */
    shmem_swapin_page(s, me) {
      live(s.inode, me.inode)
      assert(tmpfs(s).life === 'live', 'use after free: SHMEM_SB(inode->i_sb)', NoUseAfterFree)
      return 'shmem_add_to_page_cache'
    },
    /** shmem_add_to_page_cache(page, mapping, index, swp_to_radix_entry(swap), gfp); info->swapped--; both under xa_lock, or info->lock */
    shmem_add_to_page_cache(s, me) {
      live(s.inode, me.inode).swapped = false
      return 'find_get_entries'
    },
    /** mutex_lock(&shmem_swaplist_mutex); */
    scanned(s, me) {
      if (!spin_lock(tmpfs(s).shmem_swaplist_mutex, me.self)) return blocked
      if (guard('stop the eviction of the inode that swapoff looks through')) return lastOnList() ? 'wake_up_var' : 'list_del_init'
      me.prev_inode = me.inode
      return 'list_for_each_entry_safe'
    },
    /** if (!info->swapped) list_del_init(&info->swaplist); under the mutex, but whoever evicts the inode reads the list without */
    list_del_init(s, me) {
      const info = live(s.inode, me.inode)
      if (!info.swapped) info.swaplist = false
      return lastOnList() ? 'mutex_unlock_end' : 'wake_up_var'
    },
    /** if (atomic_dec_and_test(&info->stop_eviction)) wake_up_var(&info->stop_eviction); who waits for it looks again */
    wake_up_var(s, me) {
      atomic_dec_and_test(live(s.inode, me.inode), 'stop_eviction')
      return lastOnList() ? 'list_del_init' : 'mutex_unlock_end'
    },
    /** } mutex_unlock(&shmem_swaplist_mutex); */
    mutex_unlock_end(s, me) {
      spin_unlock(tmpfs(s).shmem_swaplist_mutex, me.self)
      me.inode = 0
      return me.prev_inode === 0 ? ret() : 'iput'
    },
    /** In v5.1-rc4: if (prev_inode) iput(prev_inode); atomic_dec_and_lock(&inode->i_count, &inode->i_lock) … iput_final(inode): inode->i_sb->s_op */
    iput(s, me) {
      const inode = live(s.inode, me.prev_inode)
      assert(tmpfs(s).life === 'live', 'use after free: inode->i_sb->s_op', NoUseAfterFree)
      atomic_dec_and_test(inode, 'i_count')
      return ret()
    },
  },
)

/** Not in v6.14, which drops the count after the inode is off the list: then nothing keeps the inode. */
function lastOnList(): boolean {
  return guard('drop stop_eviction while the inode is on the list')
}

/** The superblock, alive or not. */
function tmpfs(s: State): State['super_block'][Id<'super_block'>] {
  const first: Ref<'super_block'> = s.super_block.ids[0] ?? 0
  return s.super_block[known(first)]
}
