/** What the build has made of the code for the browser. */
import { readFileSync } from 'node:fs'
import type { PageCode } from './page.js'

export function pageCode(): PageCode {
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
  return { script: read('./browser.js'), style: read('./browser.css') }
}
