/** The protection of a fault on a page that cannot be read, and what else would make it end in SIGBUS, in pairs as in `protections.ts`. */
import { type Protection, protectionPairs } from './protection-pairs.js'
import { readErrorPairs } from './read-error-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'fault-unread': {
    title: 'A page that could not be read is mapped',
    without: 'look whether the page was read in do_swap_page',
    violates: 'NoStaleData',
    on: readErrorPairs['read-error-vs-fault'],
    counts: [189, 347, 72],
  },
  'fault-unread-yet': {
    title: 'A fault that does not wait for the folio lock takes a page that is being read for one that could not be',
    without: 'lock the folio in do_swap_page',
    violates: 'SigbusHonest',
    on: readErrorPairs['read-error-vs-fault'],
    counts: [100, 199, 44],
  },
}

export const scenarios = protectionPairs(list)
