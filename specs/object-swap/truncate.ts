/** shmem_truncate_range(), of the whole of an inode: its page, wherever it is, goes. */
import { blocked, known, nth, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swap_free_block } from './block.js'
import { folio_put, held } from './folio.js'
import { Block, Folios, guard, Objects, Pte, procedure } from './state.js'
import { erase_block } from './swap-count.js'

export const shmem_truncate_range = procedure(
  'shmem_truncate_range',
  { args: { object: Objects }, locals: { folio: ref(Folios), pte: ref(Pte), block: ref(Block) } },
  {
    i_size_write(s, me) {
      s.object[me.object].truncated = true
      return 'xa_load'
    },
    /** xa_lock; if (!xa_load(&inode->i_pages, offset)) erase the block; xa_unlock; */
    xa_load(s, me) {
      me.folio = s.object[me.object].folio
      if (me.folio !== 0) return 'folio_try_get'
      if (!guard('look for the page under the lock that erases the block')) return 'erase'
      me.block = erase_block(s, me.object)
      return me.block === 0 ? ret() : 'swap_free_block'
    },
    /** Only where the look and the erase are apart. */
    erase(s, me) {
      me.block = erase_block(s, me.object)
      return me.block === 0 ? ret() : 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      return ret()
    },
    /** if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      if (folio_try_get(s.folio[known(me.folio)])) return 'folio_lock'
      me.folio = 0
      return 'xa_load'
    },
    folio_lock(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'recheck' : blocked
    },
    /** if (folio->mapping != inode->i_mapping) { folio_unlock(folio); folio_put(folio); goto repeat; } unmap_mapping_folio(folio); */
    recheck(s, me) {
      if (s.object[me.object].folio !== me.folio) return 'folio_unlock'
      me.pte = known(s.pte.ids[0] ?? 0)
      return 'unmap_mapping_folio'
    },
    unmap_mapping_folio(s, me) {
      if (s.pte[known(me.pte)].folio !== me.folio) return 'next'
      return spin_lock(s.pte[known(me.pte)].ptl, me.self) ? 'zap_present_ptes' : blocked
    },
    /** clear_full_ptes(…); folio_remove_rmap_ptes(…); folio_put(folio); under the page table lock and the folio lock */
    zap_present_ptes(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.folio === me.folio) {
        Object.assign(pte, { kind: 'none', folio: 0, writable: false, dirty: false })
        held(s, me.folio)._mapcount -= 1
        folio_put(s, me.folio)
      }
      return 'pte_unmap_unlock'
    },
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[known(me.pte)].ptl, me.self)
      return 'next'
    },
    next(s, me) {
      me.pte = nth(s.pte.ids, known(me.pte), 1)
      return me.pte === 0 ? 'filemap_remove_folio' : 'unmap_mapping_folio'
    },
    /** xa_lock; __xa_erase(&inode->i_pages, offset); erase the block; xa_unlock; folio_put(folio): the page cache's */
    filemap_remove_folio(s, me) {
      s.object[me.object].folio = 0
      me.block = erase_block(s, me.object)
      held(s, me.folio).cached = false
      folio_put(s, me.folio)
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return me.block === 0 ? 'xa_load' : 'swap_free_block'
    },
  },
)
