/** The same for the scenarios that come with swapcheck, which are loaded before anybody says which one is wanted: that takes longer than many a search. */
import '../specs/index.js'

export { scenarioFor } from './scenario-of-thread.js'
