/** swapoff without page tables: the objects are walked, what has a block is read in and is dirty then, and what is named is evicted. */
import { blocked, bool, call, int, known, nth, ref, ret } from '../../checker/index.js'
import { EBUSY } from '../kernel/errno.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { swap_free_block } from './block.js'
import { folio_put, held } from './folio.js'
import { fscache_evict } from './fscache-evict.js'
import { read_object } from './read-object.js'
import { Block, Folios, guard, Objects, procedure } from './state.js'
import { erase_block } from './swap-count.js'

/** -EBUSY where a file is locked in: the device stays on. */
export const swapoff = procedure(
  'swapoff',
  {
    locals: { object: ref(Objects), folio: ref(Folios), block: ref(Block), evicted: bool },
    calls: [read_object, fscache_evict],
    returns: int(-EBUSY, 0),
  },
  {
    /** si->flags &= ~SWP_WRITEOK; under si->lock */
    clear_writeok(s, me) {
      s.SWP_WRITEOK = false
      me.object = known(s.object.ids[0] ?? 0)
      return 'walk'
    },
    /** for each object, and each offset that has a block */
    walk(s, me) {
      const { is, block, pinned } = s.object[known(me.object)]
      if (is === 'named') return pinned ? 'set_writeok' : call(fscache_evict, {}, 'next', 'evicted')
      return block === 0 ? 'next' : call(read_object, { object: known(me.object) }, 'folio_lock', 'folio')
    },
    /** si->flags |= SWP_WRITEOK; return -EBUSY; under si->lock */
    set_writeok(s) {
      s.SWP_WRITEOK = true
      return ret(-EBUSY)
    },
    folio_lock(s, me) {
      if (me.folio === 0) return 'next'
      return folio_lock(held(s, me.folio), me.self) ? 'erase_block' : blocked
    },
    /** xa_lock; erase the block; xa_unlock; folio_mark_dirty(folio); under the folio lock */
    erase_block(s, me) {
      const folio = held(s, me.folio)
      if (!folio.cached) return 'folio_unlock'
      me.block = erase_block(s, known(folio.mapping))
      folio.dirty = true
      return me.block === 0 ? 'folio_unlock' : 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      me.block = 0
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'next'
    },
    next(s, me) {
      me.evicted = false
      me.object = nth(s.object.ids, known(me.object), 1)
      return me.object === 0 ? 'inuse' : 'walk'
    },
    /** if (si->inuse_pages) goto retry; */
    inuse(s, me) {
      const isInUse = s.block.ids.some((id) => s.block[id].allocated)
      if (!isInUse || !guard('scan again until no block is in use')) return 'teardown'
      me.object = known(s.object.ids[0] ?? 0)
      return 'walk'
    },
    teardown(s) {
      s.torn_down = true
      return ret(0)
    },
  },
)
