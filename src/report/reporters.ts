/** Every reporter by its name: the next one goes here, into a file of its own. */
import type { PageCode } from '../html/page.js'
import type { Locate } from '../locate/region.js'
import { githubReporter } from './github.js'
import { htmlReporter } from './html.js'
import { jsonReporter } from './json.js'
import { junitReporter } from './junit.js'
import { mermaidReporter } from './mermaid.js'
import type { Reporter } from './report.js'
import { sarifReporter } from './sarif.js'
import type { Page } from './story.js'
import { textReporter } from './text.js'

/** What a reporter may want to know. */
export interface Setting {
  readonly page: Page
  /** How many were asked for. */
  readonly workers: number
  readonly locate: Locate
  readonly pageCode: () => PageCode
}

export const reporters = {
  text: ({ page }) => textReporter(page),
  json: ({ workers }) => jsonReporter(workers),
  junit: () => junitReporter(),
  sarif: ({ locate }) => sarifReporter(locate),
  github: ({ locate }) => githubReporter(locate),
  mermaid: () => mermaidReporter(),
  html: ({ pageCode }) => htmlReporter(pageCode()),
} satisfies Readonly<Record<string, (setting: Setting) => Reporter>>

export type ReporterName = keyof typeof reporters

export const reporterNames = Object.keys(reporters) as readonly ReporterName[]
