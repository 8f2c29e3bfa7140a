/**
 * Generates the class through which the author of a spec reads and writes one kind of record: a getter and a range-checked setter for each
 * scalar, with the masks and shifts as constants in the code. It is generated as source because V8 then inlines an access into a step
 * as a load, a shift and a mask; closures over the same numbers take twice as long (checker/adr/0002).
 */
import type { AccessLog } from './access-log.js'
import { type Codec, outOfRange } from './codec.js'
import type { Member, RecordNode } from './layout.js'

/** `word` and `shift` say where the record starts; `parts` are its sets, arrays and records by name, and any constants. */
export type RecordClass = new (word: number, shift: number, path: string, parts: Readonly<Record<string, unknown>>) => object

/**
 * @param node the record, laid out
 * @param w the words that its instances read and write
 * @param log hears of every access
 */
export function recordClass(node: RecordNode, w: Int32Array, log?: AccessLog): RecordClass {
  const small = 'bits' in node.extent
  const scalars = node.members.filter((m) => m.node.kind === 'scalar')
  const accessors = scalars.map((m, i) => accessor(m, i, small, log !== undefined))
  const source = `
    return class {
      constructor(word, shift, path, parts) {
        this.$word = word; this.$shift = shift; this.$path = path;
        Object.assign(this, parts);
        Object.preventExtensions(this);
      }
      ${accessors.join('\n')}
    }`
  const codecs = scalars.map((m) => codecOfMember(m))
  const names = codecs.map((c) => c.names)
  const refuse = (record: { $path: string }, i: number, value: unknown): never => {
    const name = scalars[i]?.name ?? '?'
    throw outOfRange(record.$path === '' ? name : `${record.$path}.${name}`, codecs[i] as Codec, value)
  }
  return new Function('w', 'names', 'refuse', 'log', source)(w, names, refuse, log) as RecordClass
}

function codecOfMember(member: Member): Codec {
  if (member.node.kind !== 'scalar') throw new Error(`${member.name} is no scalar`)
  return member.node.codec
}

function accessor(member: Member, index: number, small: boolean, isLogged: boolean): string {
  const codec = codecOfMember(member)
  const { word, shift } = member.place
  const mask = 2 ** codec.bits - 1
  const at = word === 0 ? 'this.$word' : `this.$word + ${word}`
  const by = !small ? `${shift}` : shift === 0 ? 'this.$shift' : `this.$shift + ${shift}`
  const heard = (what: string): string => (isLogged ? `log.${what}(${at}, ${by}, ${mask});` : '')
  return `
      get ${member.name}() { ${heard('read')} const code = (w[${at}] >>> (${by})) & ${mask}; return ${decodeSource(codec, index)}; }
      set ${member.name}(value) {
        ${encodeSource(codec, index)}
        ${heard('write')}
        w[${at}] = (w[${at}] & ~(${mask} << (${by}))) | (code << (${by}));
      }`
}

function decodeSource(codec: Codec, index: number): string {
  switch (codec.kind) {
    case 'bool':
      return 'code !== 0'
    case 'oneOf':
      return `names[${index}][code]`
    default:
      return codec.lo === 0 ? 'code' : `code + ${codec.lo}`
  }
}

function encodeSource(codec: Codec, index: number): string {
  const refuse = `refuse(this, ${index}, value)`
  switch (codec.kind) {
    case 'bool':
      return `if (value !== true && value !== false) ${refuse}; const code = value ? 1 : 0;`
    case 'oneOf': {
      const cases = codec.names.map((name, code) => `case ${JSON.stringify(name)}: code = ${code}; break;`)
      return `let code; switch (value) { ${cases.join(' ')} default: ${refuse}; }`
    }
    default: {
      const lo = codec.kind === 'domain' ? 1 : codec.lo
      return `if ((value | 0) !== value || value < ${lo} || value > ${codec.hi}) ${refuse}; const code = value - ${codec.lo};`
    }
  }
}
