/** Places in specs, as SARIF says them. */
import type { Location } from 'sarif'
import type { Region } from '../locate/region.js'

export const SOURCE_ROOT = 'SRCROOT'

/** @param name of the function, as traces say it */
export function sarifLocation(name: string, region: Region | undefined): Location {
  return {
    logicalLocations: [{ fullyQualifiedName: name, kind: 'function' }],
    ...(region && { physicalLocation: physical(region) }),
  }
}

function physical({ file, ...region }: Region): NonNullable<Location['physicalLocation']> {
  const isRelative = !file.startsWith('file:')
  const uri = isRelative ? file.split('/').map(encodeURIComponent).join('/') : file
  return { artifactLocation: { uri, ...(isRelative && { uriBaseId: SOURCE_ROOT }) }, region }
}
