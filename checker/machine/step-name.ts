/** How specs and scenarios name steps. */
import type { StepInfo } from './system.js'

/** Does a pattern name this step: with its process or without, whole or up to a final `*`? */
export function isNamed(pattern: string, { name, step }: Pick<StepInfo, 'name' | 'step'>): boolean {
  if (!pattern.endsWith('*')) return pattern === name || pattern === step
  const prefix = pattern.slice(0, -1)
  return name.startsWith(prefix) || step.startsWith(prefix)
}
