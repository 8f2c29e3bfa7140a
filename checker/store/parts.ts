/**
 * Which words of a state belong together. A state is stored as four parts, each a chain of nodes of four: three words and the next node, or
 * four words at the end. A successor costs a look-up for each node above a word that its step has changed, so words that change together
 * should be in one part, and those that change often near its top.
 */

/** Parts of a state, unless it is too short to have any; and of a node. */
export const ARITY = 4

/** The words of each part, from the top of its chain down. No parts of a state that is a row of its own. */
export type Parts = readonly (readonly number[])[]

/** Words that a step writes, and how often that was done. */
export interface Change {
  readonly words: readonly number[]
  readonly times: number
}

/** So many different changes, the most frequent ones, are looked at. */
const MOST_CHANGES = 256
/** Each word is taken to change by itself in one of so many changes besides: what has not changed yet may do so later. */
const RARE = 1000

/** Before anything is known: the words in the order of their declaration. */
export function plainParts(words: number): Parts {
  if (words <= ARITY) return []
  const cut = (i: number): number => Math.floor((words * i) / ARITY)
  return Array.from({ length: ARITY }, (_, i) => Array.from({ length: cut(i + 1) - cut(i) }, (_, k) => cut(i) + k))
}

/** Starts with the plain parts, and moves one word at a time to another part, as long as that makes these changes cheaper. */
export function learnedParts(words: number, changes: readonly Change[]): Parts {
  if (words <= ARITY) return []
  const { all, times } = counted(words, changes)
  const sorted = (part: readonly number[]): number[] => part.toSorted((a, b) => (times[b] ?? 0) - (times[a] ?? 0))
  let parts: Parts = dealt(sorted(Array.from({ length: words }, (_, word) => word)))
  let cost = costOf(parts, all)
  for (let word = 0, kept = 0; kept < words; word = (word + 1) % words, kept++) {
    for (let to = 0; to < ARITY; to++) {
      const moved = parts.map((part, i) => (i === to ? sorted([...part.filter((w) => w !== word), word]) : part.filter((w) => w !== word)))
      const other = costOf(moved, all)
      if (other >= cost) continue
      cost = other
      parts = moved
      kept = -1
    }
  }
  return parts
}

/** To each part one after the other, in turns. */
function dealt(words: readonly number[]): Parts {
  return Array.from({ length: ARITY }, (_, i) => words.filter((_, place) => place % ARITY === i))
}

/** The changes to be looked at, each set of words once; and how often each word is changed by them. */
function counted(words: number, changes: readonly Change[]): { readonly all: readonly Change[]; readonly times: Float64Array } {
  const sets = new Map<string, { readonly words: readonly number[]; times: number }>()
  for (const change of changes) {
    const set = sets.get(change.words.join())
    if (set === undefined) sets.set(change.words.join(), { ...change })
    else set.times += change.times
  }
  const most = [...sets.values()].toSorted((a, b) => b.times - a.times).slice(0, MOST_CHANGES)
  const rare = (1 + most.reduce((sum, change) => sum + change.times, 0)) / RARE
  const all = [...most, ...Array.from({ length: words }, (_, word) => ({ words: [word], times: rare }))]
  const times = new Float64Array(words)
  for (const change of all) for (const word of change.words) times[word] = (times[word] as number) + change.times
  return { all, times }
}

/** Look-ups that the changes take. */
function costOf(parts: Parts, changes: readonly Change[]): number {
  const partOf: number[] = []
  const nodesAbove: number[] = []
  for (const [i, part] of parts.entries()) {
    for (const [place, word] of part.entries()) {
      partOf[word] = i
      nodesAbove[word] = nodesDownTo(place, part.length)
    }
  }
  let cost = 0
  const nodes = parts.map(() => 0)
  for (const { words, times } of changes) {
    nodes.fill(0)
    for (const word of words) nodes[partOf[word] ?? 0] = Math.max(nodes[partOf[word] ?? 0] ?? 0, nodesAbove[word] ?? 0)
    cost += times * nodes.reduce((a, b) => a + b)
  }
  return cost
}

/** How many nodes of a chain lead to the word at this place. */
function nodesDownTo(place: number, length: number): number {
  const last = Math.max(0, Math.ceil((length - ARITY) / (ARITY - 1)))
  return 1 + Math.min(last, Math.floor(place / (ARITY - 1)))
}
