/** Reports as others read them: each throws where a schema, or a parser, does not allow it. */
import { readFileSync } from 'node:fs'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import type { Log } from 'sarif'

const schema = (name: string): string => readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8')

const ajv = addFormats.default(new Ajv.default({ strict: false, unicodeRegExp: false }))
const isSarif = ajv.compile<Log>(JSON.parse(schema('sarif-2.1.0.json')))
const xsd = XsdValidator.fromDoc(XmlDocument.fromString(schema('jenkins-junit.xsd')))

export function validSarif(text: string): Log {
  const log: unknown = JSON.parse(text)
  if (!isSarif(log)) throw new Error(ajv.errorsText(isSarif.errors))
  return log
}

export function validJunit(text: string): XmlDocument {
  const document = XmlDocument.fromString(text)
  xsd.validate(document)
  return document
}
