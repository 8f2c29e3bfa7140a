/** A device that calls itself synchronous, and answers later (4f7a7beaee77). */
import { process } from '../../../checker/index.js'
import { do_swap_page_nowait, page_endio } from '../history/zram-bvec-read.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'

const list: Readonly<Record<string, Protection>> = {
  'zram-async-read': {
    title: 'A fault that may not wait frees its page while the backing device of a zram still reads into it',
    without: 'do not call a device synchronous that answers later',
    violates: 'NoUseAfterFree',
    run: [process('fault', do_swap_page_nowait)({}), process('backing device', page_endio)({})],
    init: () => {},
    bounds: { zram_page: 2 },
    unreachable: noIo,
    broken: [11, 11, 6],
    counts: [10, 13, 6],
  },
}

export const scenarios = protectionPairs(list)
