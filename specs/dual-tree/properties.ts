/** What must be true of the tree, or the trees. Each is one sentence, and is broken by some scenario. */
import type { Id } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { invariant, quiescent, returns, type State } from './state.js'
import { swap_count } from './swap-count.js'

const RefsExact = invariant(
  'RefsExact',
  'The swap count of an index is the number of page table entries that hold it and of references in flight.',
  (s) => s.swapper_space.ids.every((index) => swap_count(s, index) === ptesThatHold(s, index).length + s.in_flight[index]),
)

const TreesAgree = invariant(
  'TreesAgree',
  'What has a count has something in the tree, and a slot or zeroes in the tree have a count, except while somebody holds the locks of both trees.',
  (s) =>
    s.counts_lock.owner !== 0 ||
    s.swapper_space.ids.every((index) => {
      const { is } = s.swapper_space[index]
      return is === 'page' || swap_count(s, index) > 0 === (is !== 'nothing')
    }),
)

const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) =>
  s.pte.ids.every((id) => {
    const { folio, stored } = s.pte[id]
    return folio === 0 || s.folio[folio].data === stored
  }),
)

const BackingLive = invariant(
  'BackingLive',
  'A slot in the tree is allocated, and holds what the owners of the page table entries last wrote; zeroes in the tree are what they wrote.',
  (s) =>
    s.swapper_space.ids.every((index) => {
      const { is, slot } = s.swapper_space[index]
      if (is === 'slot') return slot !== 0 && s.swap_map[slot] === 'allocated' && isLast(s, index, s.medium[slot])
      return is !== 'zeroes' || isLast(s, index, s.zeroes)
    }),
)

const SwapoffClean = invariant(
  'SwapoffClean',
  'When swapoff has given the device back, none of its slots is allocated, or stands in the tree or in a page.',
  (s) =>
    !s.torn_down ||
    (s.swap_map.ids.every((slot) => s.swap_map[slot] === 'free') &&
      s.swapper_space.ids.every((index) => s.swapper_space[index].slot === 0) &&
      s.folio.ids.every((folio) => s.folio[folio].slot === 0)),
)

const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every slot is in the tree for somebody or in a page that is there, every folio has just its users, and no lock is held.',
  (s) => slotsAreUsed(s) && foliosAreUsed(s) && locksAreFree(s),
)

export const properties = [NoUseAfterFree, NoUnderflow, RefsExact, TreesAgree, NoStaleData, BackingLive, SwapoffClean, NoLeak]

/** Under fairness of every thread; asked where there is such a process. */
export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', ['fault'])

export const SwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

function ptesThatHold(s: State, index: Id<'entry'>): readonly Id<'pte'>[] {
  return s.pte.ids.filter((id) => s.pte[id].entry === index)
}

/** A PTE whose lock is held may have dropped its count already. */
function isLast(s: State, index: Id<'entry'>, data: number): boolean {
  return ptesThatHold(s, index).every((id) => s.pte[id].ptl.owner !== 0 || s.pte[id].stored === data)
}

function slotsAreUsed(s: State): boolean {
  return s.swap_map.ids.every((slot) => {
    const words = s.swapper_space.ids.filter((index) => s.swapper_space[index].slot === slot)
    const pages = s.folio.ids.filter((folio) => s.folio[folio].slot === slot)
    const isHeld = words.every((index) => swap_count(s, index) > 0)
    return isHeld && words.length + pages.length === (s.swap_map[slot] === 'allocated' ? 1 : 0)
  })
}

/** At rest a folio has a reference from each PTE that maps it, one from the tree, and nothing else. */
function foliosAreUsed(s: State): boolean {
  return s.folio.ids.every((id) => {
    const { _refcount, _mapcount, swapcache, entry } = s.folio[id]
    return _refcount === _mapcount + Number(swapcache) && (entry === 0 || s.swapper_space[entry].folio === id)
  })
}

function locksAreFree(s: State): boolean {
  const areUnlocked = s.folio.ids.every((id) => !s.folio[id].PG_locked) && s.pte.ids.every((id) => s.pte[id].ptl.owner === 0)
  return areUnlocked && s.counts_lock.owner === 0
}
