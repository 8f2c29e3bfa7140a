/** The arrows of one state. */
import type { PageTrace } from '../page-data.js'

export interface Arrow {
  readonly from: string
  readonly label: string
  readonly to: string
  /** `dangling`: to what is not allocated; `doubled`: another object has the same field with the same value. */
  readonly kind: 'sound' | 'dangling' | 'doubled'
  /** Did the last step draw it? */
  readonly isNew: boolean
}

export function arrowsAt({ drawing, states }: PageTrace, at: number): Arrow[] {
  const [values, before] = [states[at]?.values ?? [], states[Math.max(0, at - 1)]?.values ?? []]
  const objects = new Map(drawing.columns.flat().map((object) => [object.name, object]))
  const present = drawing.arrows.flatMap(({ from, label, variable, domain }) => {
    const value = values[variable] ?? 'NULL'
    return value === 'NULL' ? [] : [{ from, label, to: `${domain}[${value}]`, isNew: value !== before[variable] }]
  })
  return present.map((arrow) => {
    const isDangling = !isLive(objects.get(arrow.to)?.life ?? -1, values)
    const isDoubled = present.some(
      (o) => o.from !== arrow.from && o.to === arrow.to && o.label === arrow.label && isAlike(o.from, arrow.from),
    )
    return { ...arrow, kind: isDangling ? 'dangling' : isDoubled ? 'doubled' : 'sound' }
  })
}

/** @param life the variable that says whether an object is allocated; -1 for one that always is */
export function isLive(life: number, values: readonly string[]): boolean {
  return life < 0 || values[life] === 'live'
}

/** Elements of one domain. */
export function isAlike(one: string, other: string): boolean {
  return one.split('[')[0] === other.split('[')[0]
}
