/**
 * A thread that does one thing after another, whichever it likes, to one page. A few of them meet in every way in which as many processes can, whoever they are: all kinds of
 * processes in one scenario, which ends, where one of each kind at once does not.
 */
import { type Blocked, blocked, type Call, call, choose, known, oneOf, type Procedure, ret } from '../../checker/index.js'
import { copy_pte_range } from './copy-pte-range.js'
import { mem_cgroup_css_offline } from './mem-cgroup-css-offline.js'
import { migrate_folio } from './migrate-folio.js'
import { move_pages_pte } from './move-pages-pte.js'
import { read_error } from './read-error.js'
import { shmem_file } from './shmem-file.js'
import { shmem_undo_range } from './shmem-undo-range.js'
import { writepage } from './shmem-writepage.js'
import { shrink_folio_list, shrink_folio_list_by } from './shrink-folio-list.js'
import { Nr, Pte, procedure, type State } from './state.js'
import { swapoff } from './swapoff.js'
import { user_access } from './user.js'
import { user_store } from './user-store.js'
import { swap_vma_readahead } from './vma-readahead.js'
import { write_error } from './write-error.js'
import { zap_pte_range } from './zap-pte-range.js'
import { shrink_memcg_cb } from './zswap-writeback.js'

type Next = Call<'next', never> | Blocked
interface Who {
  readonly child: State['pte']['ids'][number]
}
type Things = Readonly<Record<string, (s: State, who: Who) => Next>>

const pte = (s: State, n: number) => known(s.pte.ids[n - 1] ?? 0)

/** What a thread may do of which there is one at a time: swapoff of a device, the end of a memcg, and truncation, which has the inode lock. */
const privileges = ['none', 'swapoff', 'rmdir', 'rmdir or truncate'] as const
const rmdir: Things = {
  rmdir(s) {
    const memcg = known(s.memcg.ids[0] ?? 0)
    return s.memcg[memcg].online ? call(mem_cgroup_css_offline, { memcg }, 'next') : blocked
  },
}
const privileged: Readonly<Record<(typeof privileges)[number], Things>> = {
  none: {},
  swapoff: { swapoff: (s) => call(swapoff, { type: known(s.swap_info.ids[0] ?? 0), again: true }, 'next') },
  rmdir,
  'rmdir or truncate': { ...rmdir, truncate: (s) => call(shmem_undo_range, { index: pte(s, 1) }, 'next') },
}

/** What anybody does, whatever the page is. */
const ofAnyPage: Things = {
  'zswap shrinker': () => call(shrink_memcg_cb, {}, 'next'),
  migrate: () => call(migrate_folio, {}, 'next'),
  'read error': (s) => (s.device.read_failed ? blocked : call(read_error, {}, 'next')),
  'write error': () => call(write_error, {}, 'next'),
}
const procedures = [shrink_memcg_cb, migrate_folio, read_error, write_error, swapoff, mem_cgroup_css_offline]

const ofAnonymousPage: Things = {
  ...ofAnyPage,
  load: (s) => call(user_access, { pte: pte(s, 1), write: false }, 'next'),
  store: (s) => call(user_store, { pte: pte(s, 1) }, 'next'),
  reclaim: () => call(shrink_folio_list, {}, 'next'),
  zap: (s) => call(zap_pte_range, { pte: pte(s, 1) }, 'next'),
  readahead: (s) => call(swap_vma_readahead, { start: pte(s, 1), nr: 1 }, 'next'),
}
const ofAnonymous = [...procedures, user_access, user_store, shrink_folio_list, zap_pte_range, swap_vma_readahead]

const anyone_by = (calls: readonly Procedure[], things: Things) =>
  procedure(
    'anyone',
    {
      /** The PTE of its child is nobody else's. `times` is how many things it does. */
      args: { child: Pte, may: oneOf(...privileges), times: Nr },
      locals: { done: Nr },
      calls,
    },
    {
      /** What user space, a kernel thread, or the device happens to do next. */
      next(s, me) {
        if (me.done >= me.times) return ret()
        me.done++
        const all = { ...things, ...privileged[me.may] }
        const what = all[choose(Object.keys(all))]
        return what === undefined ? blocked : what(s, me)
      },
    },
  )

/**
 * To the page of PTE 1, which another address space has, too, at PTE 2, and copies for its child: what fork and a fault of one address space do to each other mmap_lock
 * decides.
 */
export const anyone = anyone_by([...ofAnonymous, copy_pte_range], {
  ...ofAnonymousPage,
  'zap of the other': (s) => call(zap_pte_range, { pte: pte(s, 2) }, 'next'),
  fork: (s, { child }) => (s.pte[child].stored === 0 ? call(copy_pte_range, { src_pte: pte(s, 2), dst_pte: child }, 'next') : blocked),
})

/** To a page that userfaultfd moves, to PTE 2 and back. */
export const anyone_moves = anyone_by([...ofAnonymous, move_pages_pte], {
  ...ofAnonymousPage,
  uffd: (s) => call(move_pages_pte, { dst_pte: pte(s, 2), src_pte: pte(s, 1) }, 'next'),
  'uffd back': (s) => call(move_pages_pte, { dst_pte: pte(s, 1), src_pte: pte(s, 2) }, 'next'),
  'store there': (s) => call(user_store, { pte: pte(s, 2) }, 'next'),
})

const shrink_folio_list_of_file = shrink_folio_list_by(writepage)

/** To a page of a shmem file. */
export const anyone_of_file = anyone_by([...procedures, shmem_file, shrink_folio_list_of_file, shmem_undo_range], {
  ...ofAnyPage,
  read: (s) => call(shmem_file, { index: pte(s, 1), write: false }, 'next'),
  write: (s) => call(shmem_file, { index: pte(s, 1), write: true }, 'next'),
  reclaim: () => call(shrink_folio_list_of_file, {}, 'next'),
})
