/** What recordings of a kernel can be held against: a way in that does not load every other spec, for threads that start with a recording. */
export { type RecordedSpec, recordedSpecs } from './swap-map/recorded/recorded-spec.js'
