/** The cluster of a search that several explorers share: each is a run of the same command. */
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { type ClusterOption, openClickhouse } from '../checker/index.js'
import { version } from './version.js'

export function clusterAt(urls: readonly string[]): ClusterOption {
  const explorer = `${process.pid}_${randomBytes(6).toString('hex')}`
  return { version, open: (identity) => openClickhouse({ urls, explorer }, identity) }
}
