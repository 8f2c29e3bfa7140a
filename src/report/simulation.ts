/** What `simulate` says. */
import type { Scenario } from '../../checker/index.js'
import type { Failure, Simulation } from '../simulation.js'
import { type Page, story } from './story.js'
import { fill, wrap } from './wrap.js'

/** @param again runs the same schedules again */
export function simulationAsText(scenario: Scenario, simulation: Simulation, again: string, page: Page): string {
  const { failure } = simulation
  const told = failure === undefined ? uneventful(scenario, simulation, page) : failed(scenario, simulation, failure, page)
  return `${[`${scenario.id}: ${scenario.title}`, ...told, `again: ${again}`].join('\n')}\n`
}

function failed(scenario: Scenario, { options, runs }: Simulation, failure: Failure, page: Page): string[] {
  const { found, tried, trace, verdict } = failure
  const line = `seed ${options.seed}: run ${count(runs)} goes wrong after ${steps(found)}; in ${count(tried)} more it was shrunk to ${steps(trace.steps.length)}, and replayed`
  return [...wrap(line, page.width), '', ...story({ scenario, verdict }, page)]
}

/** So many steps that never fired are named. */
const NAMED = 20

function uneventful({ id }: Scenario, { options, runs, finished, steps: taken, coverage }: Simulation, { width }: Page): string[] {
  const all = Object.keys(coverage)
  const never = all.filter((step) => coverage[step] === 0)
  const more = never.length > NAMED ? [`and ${count(never.length - NAMED)} more`] : []
  return [
    `seed ${options.seed}: ${count(runs)} runs of at most ${steps(options.maxDepth)}, ${steps(taken)} in all; nothing went wrong`,
    `${count(finished)} runs came to their end, ${count(runs - finished)} were cut off`,
    `${all.length - never.length} of ${all.length} steps fired${never.length > 0 ? '; these never did:' : ''}`,
    ...(never.length > 0 ? fill([...never.slice(0, NAMED), ...more], width - 4).map((line) => `    ${line}`) : []),
    ...wrap(`That says nothing of the schedules that were not drawn; 'swapcheck check ${id}' explores them all.`, width),
  ]
}

function steps(n: number): string {
  return `${count(n)} ${n === 1 ? 'step' : 'steps'}`
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
