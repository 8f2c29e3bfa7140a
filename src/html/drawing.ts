/**
 * What is drawn of a state: each element of a domain that has a record or a value of its own is an object, each reference in it an arrow. The
 * domain of the processes is left out: who holds a lock is written into the object that has it.
 */
import { Thread } from '../../checker/index.js'
import type { Leaf } from '../report/variables.js'
import type { Drawing, DrawnArrow, DrawnObject } from './page-data.js'

/** @param domainOf the domain that a top-level variable is an array over, if it is one */
export function drawingOf(leaves: readonly Leaf[], domainOf: (variable: string) => string | undefined): Drawing {
  const objects = new Map<string, { life: number; readonly fields: [string, number][]; readonly domain: string }>()
  const arrows: (DrawnArrow & { readonly source: string })[] = []
  for (const [variable, { path, field }] of leaves.entries()) {
    const [name = '', element] = path
    const domain = domainOf(String(name))
    if (domain === undefined || domain === Thread.name || typeof element !== 'number') continue
    const object = `${domain}[${element}]`
    const known = objects.get(object) ?? { life: -1, fields: [], domain }
    objects.set(object, known)
    const label = path.length === 2 ? String(name) : path.slice(2).join('.')
    if (field?.kind === 'ref' && field.domain.name !== Thread.name) {
      arrows.push({ from: object, label, variable, domain: field.domain.name, source: domain })
    } else if (label === 'life') known.life = variable
    else known.fields.push([label, variable])
  }
  const drawn = [...objects].map(([name, { life, fields, domain }]) => ({ name, life, fields, domain }))
  return { columns: columnsOf(drawn, arrows), arrows: arrows.map(({ source: _, ...arrow }) => arrow) }
}

type Placed = DrawnObject & { readonly domain: string }

/** Domains that nothing refers to come first, then what they refer to, and so on; each domain once. */
function columnsOf(objects: readonly Placed[], arrows: readonly { readonly source: string; readonly domain: string }[]): DrawnObject[][] {
  const domains = [...new Set(objects.map(({ domain }) => domain))]
  const columns: string[][] = []
  const placed = new Set<string>()
  const isReferredTo = (domain: string): boolean => arrows.some((a) => a.domain === domain && a.source !== domain && !placed.has(a.source))
  while (placed.size < domains.length) {
    const left = domains.filter((domain) => !placed.has(domain))
    const free = left.filter((domain) => !isReferredTo(domain))
    const next = free.length > 0 ? free : nearest(left, columns.at(-1) ?? [], arrows)
    columns.push(next)
    for (const domain of next) placed.add(domain)
  }
  return columns.map((of) => objects.filter(({ domain }) => of.includes(domain)).map(({ domain: _, ...object }) => object))
}

/** Where references go in a circle: what the column before refers to, or else the first that is left. */
function nearest(
  left: readonly string[],
  before: readonly string[],
  arrows: readonly { readonly source: string; readonly domain: string }[],
): string[] {
  const next = left.filter((domain) => arrows.some((a) => a.domain === domain && before.includes(a.source)))
  return next.length > 0 ? next : left.slice(0, 1)
}
