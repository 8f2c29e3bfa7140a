/** The place that a search keeps its states in, as it is asked for. */
import type { System } from '../machine/system.js'
import { propertiesOf } from '../property/properties-of.js'
import type { Representatives } from '../reduce/representatives.js'
import { ClusterPlace } from './cluster-place.js'
import { clusterUse, databaseUse, shares } from './database.js'
import { DatabasePlace } from './database-place.js'
import { lossyStore } from './lossy.js'
import { LossyPlace } from './lossy-place.js'
import type { Place } from './place.js'
import type { ExploreOptions } from './report.js'
import { published, sharedMemory } from './shared.js'
import { TreePlace } from './tree-place.js'

/** A search starts in memory for so many states, alone, and moves when it outgrows it. */
const FEW = 1 << 16

export function placeFor(system: System, options: ExploreOptions, representatives: Representatives | undefined): Place {
  const workers = options.workers?.count ?? 1
  const memory = (maxBytes: number | undefined) => sharedMemory(system.words, FEW, workers, maxBytes)
  const lossy = lossyStore(options, system, FEW)
  if (lossy !== undefined) return new LossyPlace(system, memory(options.maxBytes), lossy, representatives)
  const waiting = propertiesOf(system.scenario).filter(({ kind }) => kind === 'reachable' || kind === 'mustFail').length
  const saved = published(system.steps.length, waiting, workers)
  const open = clusterUse(options, system)
  if (open !== undefined) return new ClusterPlace(system, { ...memory(options.maxBytes), published: saved }, open, representatives)
  const use = databaseUse(options, system)
  if (use === undefined) return new TreePlace(system, memory(options.maxBytes))
  return new DatabasePlace(system, { ...memory(shares(options.maxBytes).memory), published: saved }, use, representatives)
}
