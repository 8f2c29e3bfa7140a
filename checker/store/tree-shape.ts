/** The shape of the trees in which states of one length are stored, and code for it. */
import type { RowQueue } from './row-queue.js'
import type { RowTable } from './row-table.js'

/** Parts of an inner node, and words of the longest state that is a row of its own, without inner nodes. */
const ARITY = 4

/** Code for one shape. The inner nodes of the state that was opened last are kept, so that a successor puts only the others. */
export interface TreeCode {
  /** Adds the state in `w`, of which the words of `touched` alone may differ from the one that was opened; answers as `RowTable.insert`. */
  insert(touched: number): number
  /** The same, of a state that waits in the queue. */
  add(touched: number, isAsked: number): void
  /** Reads a state to `w` and to `current`, and keeps its inner nodes. */
  open(id: number): void
  /** The id of the state in `w`, or -1. */
  find(): number
}

export interface TreeTables {
  /** The states. */
  readonly roots: RowTable
  /** Where states wait to be inserted. */
  readonly queue: RowQueue
  readonly inner: RowTable
}

type Node = number | Inner
/** Covers the words from `lo` to `hi`. */
interface Inner {
  readonly name: number
  readonly lo: number
  readonly hi: number
  readonly parts: readonly Node[]
}

/** How wide the root of a state is. */
export function rootWidth(words: number): 2 | 4 {
  return words > 2 && words <= ARITY ? 4 : 2
}

/** The bit that says that a word was written; words of long states share bits. */
export function touchedBit(words: number, word: number): number {
  return 1 << Math.floor(word / Math.ceil(words / 31))
}

/**
 * @param words length of a state
 * @param kept receives the inner nodes of the state that is opened; at most one for each word
 */
export function treeCode(
  words: number,
  { roots, queue, inner }: TreeTables,
  w: Int32Array,
  current: Int32Array,
  kept: Int32Array,
): TreeCode {
  const nodes: Inner[] = []
  const root = rootOf(words, nodes)
  const put = nodes.map((node) => putSource(words, node)).join('\n')
  const source = `return {
    insert(touched) { ${put} return roots.insert(${row(root)}); },
    add(touched, isAsked) { ${put} queue.add(${row(root)}, isAsked); },
    open(id) { const at = roots.at(id); ${root.map((node, i) => readSource(node, `states[at + ${i}]`)).join('\n')} },
    find() { ${nodes.map(seekSource).join('\n')} return roots.find(${row(root)}); },
  }`
  const make = new Function('roots', 'queue', 'states', 'inner', 'nodes', 'w', 'current', 'kept', source)
  return make(roots, queue, roots.rows, inner, inner.rows, w, current, kept) as TreeCode
}

/** The parts of a root; its inner nodes are added to `nodes`, children first. */
function rootOf(words: number, nodes: Inner[]): Node[] {
  const cover = (lo: number, hi: number): Node => {
    if (hi - lo === 1) return lo
    const parts = split(lo, hi, Math.min(ARITY, hi - lo)).map(([from, to]) => cover(from, to))
    const node = { name: nodes.length, lo, hi, parts }
    nodes.push(node)
    return node
  }
  if (words <= ARITY) return Array.from({ length: words }, (_, word) => word)
  return split(0, words, 2).map(([from, to]) => cover(from, to))
}

/** Cuts a range into parts that are as long as each other, give or take one. */
function split(lo: number, hi: number, parts: number): [number, number][] {
  const cut = (i: number): number => lo + Math.floor(((hi - lo) * i) / parts)
  return Array.from({ length: parts }, (_, i) => [cut(i), cut(i + 1)])
}

/** The four words of a row. */
function row(parts: readonly Node[]): string {
  return Array.from({ length: ARITY }, (_, i) => (parts[i] === undefined ? '0' : value(parts[i]))).join(', ')
}

function value(node: Node): string {
  return typeof node === 'number' ? `w[${node}]` : `n${node.name}`
}

function putSource(words: number, { name, lo, hi, parts }: Inner): string {
  let above = 0
  for (let word = lo; word < hi; word++) above |= touchedBit(words, word)
  const put = `const id = inner.insert(${row(parts)}); n${name} = id < 0 ? ~id : id;`
  return `let n${name} = kept[${name}]; if ((touched & ${above}) !== 0) { ${put} }`
}

function seekSource({ name, parts }: Inner): string {
  return `const n${name} = inner.find(${row(parts)}); if (n${name} < 0) return -1;`
}

function readSource(node: Node, from: string): string {
  if (typeof node === 'number') return `w[${node}] = current[${node}] = ${from};`
  const i = `i${node.name}`
  const below = node.parts.map((part, k) => readSource(part, `nodes[${ARITY} * ${i} + ${k}]`))
  return `const ${i} = ${from}; kept[${node.name}] = ${i}; ${below.join(' ')}`
}
