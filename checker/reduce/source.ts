/** Pieces of generated source: reads and writes of runs of bits, with the numbers as constants in the code. */

/** The places of a run of bits, one for each element or tuple. */
export interface Places {
  readonly words: Int32Array
  readonly shifts: Int32Array
  readonly mask: number
}

/** Loops of so many turns and fewer are unrolled. */
const UNROLLED = 8

/** A function under construction, and the objects that it refers to. */
export class Source {
  readonly #names = new Map<unknown, string>()

  /** A name for an object. */
  constant(value: object): string {
    const name = this.#names.get(value) ?? `c${this.#names.size}`
    this.#names.set(value, name)
    return name
  }

  /** Runs source that returns what is wanted. */
  compile<F>(body: string): F {
    return new Function(...this.#names.values(), body)(...this.#names.keys()) as F
  }

  /** An expression for the bits at one of the places, shifted down; `index` is a number or a variable. */
  read(places: Places, index: string, from = 'w'): string {
    const { word, shift } = this.#at(places, index)
    return masked(`${from}[${word}]`, shift, places.mask)
  }

  /** A statement that replaces the bits at one of the places. */
  put(places: Places, index: string, value: string, into = 'into'): string {
    const { word, shift } = this.#at(places, index)
    if (places.mask === -1) return `${into}[${word}] = ${value};`
    const kept = /^\d+$/.test(shift) ? `${~(places.mask << Number(shift))}` : `~(${places.mask} << ${shift})`
    return `${into}[${word}] = (${into}[${word}] & ${kept}) | ((${value}) << ${shift});`
  }

  #at({ words, shifts }: Places, index: string): { readonly word: string; readonly shift: string } {
    const pick = (list: Int32Array): string => {
      if (/^\d+$/.test(index)) return `${list[Number(index)]}`
      return list.every((n) => n === list[0]) ? `${list[0]}` : `${this.constant(list)}[${index}]`
    }
    return { word: pick(words), shift: pick(shifts) }
  }
}

/** Statements for each index below `count`, one after another or as a loop. */
export function each(count: number, body: (index: string) => string): string {
  if (count > UNROLLED) return `for (let i = 0; i < ${count}; i++) { ${body('i')} }`
  return Array.from({ length: count }, (_, i) => `{ ${body(`${i}`)} }`).join('\n')
}

/** An expression for some bits of a word, shifted down. */
export function masked(word: string, shift: string, mask: number): string {
  const shifted = shift === '0' ? word : `(${word} >>> ${shift})`
  return mask === -1 ? shifted : `(${shifted} & ${mask})`
}
