/** What the corpus says of a real bug of Linux swap. */

/** An entry that a pair of scenarios shows. */
export interface Bug {
  /** Family and number: `A1.1`; with a letter where one entry has several pairs. */
  readonly id: string
  /** The name of the pair: the scenarios are `<spec>/<slug>+broken` and `<spec>/<slug>+fixed`. */
  readonly slug: string
  /** The spec that the pair is of. */
  readonly spec: 'swap-map' | 'vswap'
  /** Subject of the commit that fixed it, or of the mail where none has. */
  readonly title: string
  readonly year: number
  /** Abbreviated hash; several where it took several, none where it was not merged under one that is known. */
  readonly commits: readonly string[]
  readonly cve?: string
  /** The releases that had it first, and not any more; '' where that is not known. */
  readonly kernel: { readonly from: string; readonly fixed: string }
  /** H: the text of the commit or its patch was read. M: the subject, and the mechanism in part. R: recalled. */
  readonly confidence: 'H' | 'M' | 'R'
  /** What `+broken` violates. */
  readonly property: string
  /** Five lines: what the threads do, function by function, in the order in which the commit tells it; and where the shortest trace differs, why. */
  readonly story: readonly [string, string, string, string, string]
  readonly vswap: InVswap
}

/** Is it possible with a virtual swap space, too? */
export type InVswap =
  /** The design has no place for it. */
  | { readonly verdict: 'excluded'; readonly why: string }
  /**
   * A protection stands against it: that of the scenario, which violates its property without. Of vswap, unless `scenario` is a whole id: where the code
   * that survives is in another spec.
   */
  | { readonly verdict: 'guarded'; readonly scenario: string; readonly why: string }
  /** It is there, and the scenario, named in the same way, shows it. */
  | { readonly verdict: 'present'; readonly scenario: string; readonly why: string }

/** An entry that no scenario shows, and why. */
export interface Inexpressible {
  readonly id: string
  readonly title: string
  readonly year: number
  readonly commits: readonly string[]
  readonly why: string
  readonly vswap: InVswap
}
