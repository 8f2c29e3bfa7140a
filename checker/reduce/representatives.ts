/** The states of a search that keeps one state of each orbit: what stands in `system.w` is exchanged for its representative, and back. */
import type { System } from '../machine/system.js'
import type { Symmetry } from './symmetry.js'
import { SymmetryAudit } from './symmetry-audit.js'

export class Representatives {
  readonly #w: Int32Array
  readonly #symmetry: Symmetry
  readonly #audit: SymmetryAudit
  readonly #real: Int32Array
  readonly #representative: Int32Array

  constructor(system: System, symmetry: Symmetry) {
    this.#w = system.w
    this.#symmetry = symmetry
    this.#audit = new SymmetryAudit(system, symmetry)
    this.#real = new Int32Array(system.words)
    this.#representative = new Int32Array(system.words)
  }

  /** Puts the representative of the state in `system.w` there. */
  enter(): void {
    this.#symmetry.canonical(this.#w, this.#representative)
    for (let i = 0; i < this.#w.length; i++) {
      this.#real[i] = this.#w[i] as number
      this.#w[i] = this.#representative[i] as number
    }
  }

  /** Puts back the state that was there before `enter`. */
  leave(): void {
    for (let i = 0; i < this.#w.length; i++) this.#w[i] = this.#real[i] as number
  }

  /**
   * Compares the state in `system.current` with others of its orbit.
   *
   * @throws SpecFault `asymmetric`, where a step or a property tells them apart
   */
  audit(): void {
    this.#audit.check()
  }
}
