/**
 * The same for the scenarios that come with swapcheck, of which those that the address names (`?spec=vswap`) are loaded before anybody says which one
 * is wanted: that takes longer than many a search.
 */
import { scenariosOf } from '../specs/load.js'

await scenariosOf(new URL(import.meta.url).searchParams.getAll('spec'))

export { scenarioFor } from './scenario-of-thread.js'
