/** What must be true of swap objects. Each is one sentence, and is broken by some scenario. */
import type { Id } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { NoLostPage } from './find-object.js'
import { isEvictable } from './fscache-evict.js'
import { fscache_lookup, isOfVolume } from './fscache-index.js'
import { NoStaleVersion } from './netfs-read.js'
import { contents, invariant, quiescent, returns, type State } from './state.js'

const RefsExact = invariant(
  'RefsExact',
  'The count of an object is the number of page table entries that say that its page is out, and of counts in flight.',
  (s) => s.object.ids.every((id) => s.object[id].count === saying(s, id).length + s.in_flight[id]),
)

const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) =>
  s.pte.ids.every((id) => {
    const { folio, stored } = s.pte[id]
    return folio === 0 || s.folio[folio].data === stored
  }),
)

const BackingLive = invariant(
  'BackingLive',
  'What is out, and not in the page cache of its object, is in an allocated block, which holds what its owners last wrote.',
  (s) =>
    s.object.ids.every((id) => {
      const { folio, block, count } = s.object[id]
      const isOut = folio === 0 && count > 0
      return !isOut || (block !== 0 && s.block[block].allocated && isLast(s, id, s.block[block].data))
    }),
)

const SharedIsOne = invariant('SharedIsOne', 'What a PTE maps of an inode is in the page cache of the inode.', (s) =>
  s.pte.ids.every((id) => {
    const { folio, object } = s.pte[id]
    return folio === 0 || object === 0 || s.object[object].is !== 'inode' || s.object[object].folio === folio
  }),
)

const NamesUnique = invariant('NamesUnique', 'No name is in the index twice, under the number that its volume has.', (s) =>
  s.object.ids.every((id) => {
    const { is, key, volume } = s.object[id]
    return is !== 'named' || key === 0 || !isOfVolume(s, key, volume, s.volume) || fscache_lookup(s, key) === id
  }),
)

const RecordsSound = invariant(
  'RecordsSound',
  'If power were lost now, what each record on the device names would be what the server has under that name, and valid.',
  (s) => s.record.ids.every((id) => isSound(s, id)),
)

const SwapoffClean = invariant(
  'SwapoffClean',
  'When swapoff has given the device back, none of its blocks is allocated, or in an object.',
  (s) => !s.torn_down || (s.block.ids.every((id) => !s.block[id].allocated) && s.object.ids.every((id) => s.object[id].block === 0)),
)

const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every block is in an object that somebody needs or that may be evicted, every folio has just its users, and no lock is held.',
  (s) => blocksAreUsed(s) && foliosAreUsed(s) && locksAreFree(s),
)

export const properties = [
  NoUseAfterFree,
  NoUnderflow,
  RefsExact,
  NoStaleData,
  BackingLive,
  SharedIsOne,
  NoLostPage,
  NamesUnique,
  NoStaleVersion,
  RecordsSound,
  SwapoffClean,
  NoLeak,
]

/** Under fairness of every thread; asked where there is such a process. */
export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', ['fault'])

export const SwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

export const InvalidationEnds = returns('InvalidationEnds', 'An invalidation ends.', ['restore_volume'])

function saying(s: State, object: Id<'object'>): readonly Id<'pte'>[] {
  return s.pte.ids.filter((id) => s.pte[id].swapped === object)
}

/** A PTE whose lock is held may have dropped its count already. */
function isLast(s: State, object: Id<'object'>, data: number): boolean {
  return saying(s, object).every((id) => s.pte[id].ptl.owner !== 0 || s.pte[id].stored === data)
}

function isSound(s: State, id: Id<'object'>): boolean {
  const { key, block, volume } = s.record[id]
  if (key === 0 || block === 0 || !isOfVolume(s, key, volume, s.volume_record)) return true
  const { data, durable } = s.block[block]
  const before = contents(key, false)
  const isValid = data !== before || !(s.invalidated && s.name[key].subkey)
  return data === durable && isValid && (data === before || data === contents(key, true))
}

function blocksAreUsed(s: State): boolean {
  return s.block.ids.every((block) => {
    const users = s.object.ids.filter((id) => s.object[id].block === block)
    return users.every((id) => isNeeded(s, id)) && users.length === Number(s.block[block].allocated)
  })
}

function isNeeded(s: State, id: Id<'object'>): boolean {
  const { is, folio, count, truncated, key } = s.object[id]
  if (is === 'named') return isEvictable(s, id) || (key !== 0 && fscache_lookup(s, key) === id)
  return is === 'inode' ? !truncated : folio !== 0 || count > 0
}

/** At rest a folio has a reference from each PTE that maps it, one from the page cache, and nothing else. */
function foliosAreUsed(s: State): boolean {
  return s.folio.ids.every((id) => {
    const { _refcount, _mapcount, cached, mapping } = s.folio[id]
    const isCached = mapping !== 0 && s.object[mapping].folio === id
    return _refcount === _mapcount + Number(cached) && cached === isCached
  })
}

function locksAreFree(s: State): boolean {
  const areUnlocked = s.folio.ids.every((id) => !s.folio[id].PG_locked) && s.pte.ids.every((id) => s.pte[id].ptl.owner === 0)
  return areUnlocked && s.index_lock.owner === 0
}
