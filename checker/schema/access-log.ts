/** Hears which bits of a state a step reads and writes, in the order in which it does. */
export interface AccessLog {
  /** `mask` is not shifted: the run of bits is `(w[word] >>> shift) & mask`. Heard before the bits are read. */
  read(word: number, shift: number, mask: number): void
  write(word: number, shift: number, mask: number): void
}
