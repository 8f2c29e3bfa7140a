/** The packed state in which every variable has its initial value: 0 or the lowest integer, false, the first name, NULL, the empty set. */
import { elementPlace, type Node } from './layout.js'

/** Sets, in `w`, the bits of a field that starts at `word` and `shift`; they must be 0 before. */
export function writeInitial(node: Node, w: Int32Array, word: number, shift: number): void {
  switch (node.kind) {
    case 'scalar':
      w[word] = (w[word] as number) | (node.codec.initial << shift)
      return
    case 'set':
      return
    case 'record':
      for (const m of node.members) writeInitial(m.node, w, word + m.place.word, shift + m.place.shift)
      return
    case 'array':
      for (let i = 0; i < node.size; i++) {
        const place = elementPlace(node, i)
        writeInitial(node.of, w, word + place.word, shift + place.shift)
      }
  }
}
