/** Threads that several scenarios have, and where they begin. */
import type { State } from './state.js'
import { demote, fault, promote, reclaim, swappedOut, tiers } from './tiering.js'

export const read = (pte: number) => fault({ pte, write: false })
export const write = (pte: number) => fault({ pte, write: true })
export const down = (nr = 1) => demote({ from: 1, to: 2, nr, lazy: false })
export const up = promote({ from: 2, to: 1, nr: 1, lazy: false })
export const out = reclaim({ memcg: 1 })

/** The page is in the pool, which has one slot, as has the device. */
export const inPool = (ptes: number) => (s: State) => {
  tiers(s, 1)
  swappedOut(s, ptes, 0)
}

export const two = { pte: 2, entry: 2 }
