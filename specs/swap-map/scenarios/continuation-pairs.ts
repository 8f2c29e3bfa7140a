/** Counts of slots that go on in continuation pages (2628bd6fc052). */
import { known, process } from '../../../checker/index.js'
import { COUNT_CONTINUED, SWAP_CONT_MAX, SWAP_MAP_MAX } from '../history/swap-count-continued.js'
import { ContinuedExact, swap_duplicate_continued, swap_free_continued } from '../history/swap-duplicate-continued.js'
import type { State } from '../state.js'
import { noIo } from './history-unreachable.js'
import { type Pair, type Protection, pairScenarios, protectionPairs } from './pair.js'

const duplicate = process('fork', swap_duplicate_continued)
const free = process('zap', swap_free_continued)

/** Each slot has as many references as its byte can hold. */
function full(s: State): void {
  for (const id of s.offset.ids) Object.assign(s.offset[id], { swap_map: SWAP_MAP_MAX, references: SWAP_MAP_MAX })
}

const noDecrement = {
  'nobody drops a count': ['swap_count_continued.decrement', 'swap_count_continued.subtract', 'swap_count_continued.borrow'],
}

/** The count of the slot goes on in a page: it is as large as the two can hold. */
function continued(s: State): void {
  const [offset, page] = [known(s.offset.ids[0] ?? 0), known(s.continuation.ids[0] ?? 0)]
  Object.assign(s.offset[offset], { swap_map: SWAP_MAP_MAX | COUNT_CONTINUED, references: 3 })
  Object.assign(s.head[known(s.head.ids[0] ?? 0)], { SWP_CONTINUED: true, next: page, prev: page })
  s.continuation[page].life = 'live'
  s.continuation[page].map[offset] = SWAP_CONT_MAX
}

const list: Readonly<Record<string, Protection>> = {
  'count-continuation': {
    title: 'The count of a slot goes on in a continuation page while one is added for the slot of another cluster',
    without: 'cont_lock around the list of continuation pages',
    violates: ContinuedExact.name,
    properties: [ContinuedExact],
    run: [duplicate({ offset: 1 }), duplicate({ offset: 2 })],
    init: full,
    bounds: { head: 1, offset: 2, continuation: 2 },
    unreachable: {
      ...noIo,
      'no count goes beyond the first page': [
        'swap_count_continued.increment',
        'swap_count_continued.next_page',
        'swap_count_continued.carry',
      ],
      ...noDecrement,
    },
    broken: [261, 425, 19],
    counts: [693, 1_221, 46],
  },
}

const held: Readonly<Record<string, Pair>> = {
  'count-continued-fork-vs-zap': {
    title: 'References to a slot are added and dropped while its count goes on in continuation pages',
    properties: [ContinuedExact],
    run: [duplicate({ offset: 1 }), duplicate({ offset: 1 }), free({ offset: 1 })],
    init: continued,
    bounds: { head: 1, offset: 1, continuation: 3 },
    unreachable: {
      ...noIo,
      'fork adds': ['fork/swap_count_continued.decrement', 'fork/swap_count_continued.subtract', 'fork/swap_count_continued.borrow'],
      'zap subtracts': [
        'zap/swap_count_continued.increment',
        'zap/swap_count_continued.next_page',
        'zap/swap_count_continued.init_map',
        'zap/swap_count_continued.add',
        'zap/swap_count_continued.carry',
      ],
    },
    counts: [1_109, 1_635, 65],
  },
}

export const scenarios = [...pairScenarios(held), ...protectionPairs(list)]
