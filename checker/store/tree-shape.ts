/**
 * The shape of the trees in which states of one length are stored, and code for it.
 *
 * A state of up to four words is a root alone. A longer one has four parts, each an inner node over some of the words: three of them and a
 * further node over the rest, where there are more than four. The root is the ids of the parts, two to a word while they are short; else a
 * mark and the id of one more inner node, which has them.
 */
import { ARITY, type Parts } from './parts.js'
import type { RowQueue } from './row-queue.js'
import type { RowTable } from './row-table.js'

/** How many parts of successors are remembered, as a power of two: few enough for the caches. */
const REMEMBERED = 14
/** Words of one: the part that it was, which part that is and what changed it, the part that it is. */
const REMEMBERED_WORDS = 4

/** The first word of a root whose parts have ids that are too long for half a word. */
const LONG = -1

/** Code for one shape. The inner nodes of the state that was opened last are kept, so that a successor puts only the others. */
export interface TreeCode {
  /** Adds the state in `w`, of which the words of `touched` alone may differ from the one that was opened; answers as `RowTable.insert`. */
  insert(touched: number): number
  /**
   * The same, of a state that waits in the queue.
   *
   * @param change what the step wrote, by a number of its own; 0 where that is not known
   */
  add(touched: number, isAsked: number, change: number): void
  /** Reads a state to `w` and to `current`, and keeps its inner nodes. */
  open(id: number): void
  /** The id of the state in `w`, or -1. */
  find(): number
  /** Forgets which parts it has seen, when the tables have forgotten them. */
  forget(): void
}

export interface TreeTables {
  /** The states. */
  readonly roots: RowTable
  /** Where states wait to be inserted. */
  readonly queue: RowQueue
  readonly inner: RowTable
}

/** Whether what is not there is added, and whether the parts of a state are looked for among those that are remembered first. */
type How = 'insert' | 'find' | 'recall'
type Node = number | Inner
interface Inner {
  readonly name: number
  readonly children: readonly Node[]
  /** All words below it. */
  readonly words: readonly number[]
}

/** How wide the root of a state is. */
export function rootWidth(words: number): 2 | 4 {
  return words > 2 && words <= ARITY ? 4 : 2
}

/** The bit that says that a word was written; words of long states share bits. */
export function touchedBit(word: number): number {
  return 1 << (word % 31)
}

/**
 * @param words length of a state
 * @param parts that it has
 * @param kept receives the inner nodes of the state that is opened; at most one for each word
 */
export function treeCode(
  words: number,
  parts: Parts,
  { roots, queue, inner }: TreeTables,
  w: Int32Array,
  current: Int32Array,
  kept: Int32Array,
): TreeCode {
  const code = parts.length === 0 ? rootAlone(words) : rootOverParts(parts)
  const source = `return {
    insert(touched) { ${code.put('insert')} return roots.insert(a, b, c, d); },
    add(touched, isAsked, change) { ${code.put('recall')} queue.add(a, b, c, d, isAsked); },
    open(id) { const at = roots.at(id); ${code.read} },
    find() { const touched = -1; ${code.put('find')} return roots.find(a, b, c, d); },
    forget() { remembered.fill(0); },
  }`
  const make = new Function('roots', 'queue', 'states', 'inner', 'nodes', 'w', 'current', 'kept', 'remembered', source)
  return make(roots, queue, roots.rows, inner, inner.rows, w, current, kept, new Int32Array(REMEMBERED_WORDS << REMEMBERED)) as TreeCode
}

interface Source {
  /** Declares the words of the root, `a` to `d`, of the state in `w`. */
  put(how: How): string
  /** Reads the state whose root is at `at`. */
  readonly read: string
}

function rootAlone(words: number): Source {
  const names = ['a', 'b', 'c', 'd']
  return {
    put: () => `const ${names.map((name, i) => `${name} = ${i < words ? `w[${i}]` : 0}`).join(', ')};`,
    read: names
      .slice(0, words)
      .map((_, i) => readSource(i, `states[at + ${i}]`))
      .join(' '),
  }
}

function rootOverParts(parts: Parts): Source {
  let named = 0
  const cover = (words: readonly number[]): Inner => {
    const name = named++
    if (words.length <= ARITY) return { name, children: words, words }
    return { name, children: [...words.slice(0, ARITY - 1), cover(words.slice(ARITY - 1))], words }
  }
  const nodes = parts.map(cover)
  const [p0, p1, p2, p3] = nodes.map(value)
  const fit = `((${nodes.map((node) => `(${value(node)} + 1)`).join(' | ')}) >>> 16) === 0`
  const long = Array.from({ length: ARITY }, (_, i) => `nodes[${ARITY} * b + ${i}]`)
  return {
    put: (how) => `${nodes.map((node, part) => partSource(node, part, how)).join('\n')}
      const isShort = ${fit}, c = 0, d = 0;
      const a = isShort ? ${p0} | ${p1} << 16 : ${LONG};
      let b = ${p2} | ${p3} << 16;
      if (!isShort) { ${idSource('b', [p0, p1, p2, p3].join(', '), how)} }`,
    read: `const a = states[at], b = states[at + 1];
      let i0 = a & 0xffff, i1 = a >>> 16, i2 = b & 0xffff, i3 = b >>> 16;
      if (a === ${LONG}) { ${long.map((from, i) => `i${i} = ${from};`).join(' ')} }
      ${nodes.map((node, i) => readSource(node, `i${i}`)).join('\n')}`,
  }
}

function value(node: Node): string {
  return typeof node === 'number' ? `w[${node}]` : `n${node.name}`
}

/** Declares the id of a part. */
function partSource(node: Inner, part: number, how: How): string {
  return declared(node, how === 'recall' ? recallSource(node, part) : nodeSource(node, how))
}

/** Declares the id of a node: that of the state that was opened, where none of its words was touched. */
function declared({ name, words }: Inner, put: string): string {
  const bits = words.reduce((sum, word) => sum | touchedBit(word), 0)
  return `let n${name} = kept[${name}]; if ((touched & ${bits}) !== 0) { ${put} }`
}

/** The same change of the same part leads to the same part. */
function recallSource(node: Inner, part: number): string {
  const id = `n${node.name}`
  return `const was = ${id}, key = ${ARITY} * change + ${part};
    const at = (Math.imul(Math.imul(was, 0x9e3779b1) ^ key, 0x85ebca6b) >>> ${32 - REMEMBERED}) * ${REMEMBERED_WORDS};
    if (change !== 0 && remembered[at] === was && remembered[at + 1] === key) ${id} = remembered[at + 2];
    else { ${nodeSource(node, 'insert')} remembered[at] = was; remembered[at + 1] = key; remembered[at + 2] = ${id}; }`
}

/** Finds the id of a node, and of those below it. */
function nodeSource({ name, children }: Inner, how: How): string {
  const below = children.flatMap((child) => (typeof child === 'number' ? [] : [declared(child, nodeSource(child, how))]))
  const row = Array.from({ length: ARITY }, (_, i) => (children[i] === undefined ? '0' : value(children[i])))
  return `${below.join(' ')} ${idSource(`n${name}`, row.join(', '), how)}`
}

function idSource(name: string, row: string, how: How): string {
  if (how === 'find') return `${name} = inner.find(${row}); if (${name} < 0) return -1;`
  return `${name} = inner.insert(${row}); if (${name} < 0) ${name} = ~${name};`
}

function readSource(node: Node, from: string): string {
  if (typeof node === 'number') return `w[${node}] = current[${node}] = ${from};`
  const i = `k${node.name}`
  const below = node.children.map((child, k) => readSource(child, `nodes[${ARITY} * ${i} + ${k}]`))
  return `const ${i} = ${from}; kept[${node.name}] = ${i}; ${below.join(' ')}`
}
