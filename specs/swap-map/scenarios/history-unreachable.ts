/** Why steps cannot fire where a scenario has a mechanism to itself, and none of the pages and slots of the others. */

/** Nothing is read or written. */
export const noIo = { 'no page goes out or comes back': ['end_swap_bio_read', 'end_swap_bio_write'] }
