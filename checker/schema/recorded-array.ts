/** An array of scalars whose every access is heard by a log. Slow: for the runs that are recorded. */
import { SpecFault } from '../fault.js'
import type { AccessLog } from './access-log.js'
import { type Codec, decodeScalar, encodeScalar, outOfRange } from './codec.js'
import { type ArrayNode, elementPlace } from './layout.js'

/** What a step sees in place of the plain array of a `ScalarArray`: writes go to the packed state at once. */
export function recordedArray(
  node: ArrayNode,
  codec: Codec,
  w: Int32Array,
  base: { readonly word: number; readonly shift: number; readonly path: string },
  ids: readonly number[],
  log: AccessLog,
): object {
  const mask = 2 ** codec.bits - 1
  const at = (index: number): { word: number; shift: number } => {
    const place = elementPlace(node, index - 1)
    return { word: base.word + place.word, shift: base.shift + place.shift }
  }
  const elements = Object.assign([undefined, ...ids], { ids })
  return new Proxy(elements, {
    get(target, key, receiver) {
      const index = indexOf(key, node.size)
      if (index === undefined) return Reflect.get(target, key, receiver)
      const { word, shift } = at(index)
      log.read(word, shift, mask)
      return decodeScalar(codec, ((w[word] as number) >>> shift) & mask)
    },
    set(_, key, value) {
      const index = indexOf(key, node.size)
      if (index === undefined) throw new SpecFault('range', `${base.path} was assigned at ${String(key)}`)
      const code = encodeScalar(codec, value)
      if (code < 0) throw outOfRange(`${base.path}[${index}]`, codec, value)
      const { word, shift } = at(index)
      log.write(word, shift, mask)
      w[word] = ((w[word] as number) & ~(mask << shift)) | (code << shift)
      return true
    },
  })
}

function indexOf(key: string | symbol, size: number): number | undefined {
  const index = typeof key === 'string' ? Number(key) : Number.NaN
  return Number.isInteger(index) && index >= 1 && index <= size ? index : undefined
}
