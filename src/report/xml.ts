/** XML documents. */
import XMLBuilder from 'fast-xml-builder'

/** An element: attributes with `@` before their names, text as `#text`, and elements within; one that is undefined is left out. */
export interface Element {
  readonly [name: string]: string | number | Element | readonly Element[] | undefined
}

const builder = new XMLBuilder({ attributeNamePrefix: '@', ignoreAttributes: false, format: true, suppressEmptyNode: true })

export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(root)}`
}

/** XML has no way to write most control characters, nor half a surrogate pair. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
