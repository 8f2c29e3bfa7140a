/** Every reporter by its name: the next one goes here, into a file of its own. */
import type { PageCode } from '../html/page.js'
import type { Locate } from '../locate/region.js'
import type { Reporter } from './report.js'
import type { Page } from './story.js'

/** What a reporter may want to know. */
export interface Setting {
  readonly page: Page
  /** How many were asked for. */
  readonly workers: number
  readonly locate: Locate
  readonly pageCode: () => PageCode
}

/** The code of one is loaded where it is wanted. */
export const reporters = {
  text: async ({ page }) => (await import('./text.js')).textReporter(page),
  json: async ({ workers }) => (await import('./json.js')).jsonReporter(workers),
  junit: async () => (await import('./junit.js')).junitReporter(),
  sarif: async ({ locate }) => (await import('./sarif.js')).sarifReporter(locate),
  github: async ({ locate }) => (await import('./github.js')).githubReporter(locate),
  mermaid: async () => (await import('./mermaid.js')).mermaidReporter(),
  html: async ({ pageCode }) => (await import('./html.js')).htmlReporter(pageCode()),
} satisfies Readonly<Record<string, (setting: Setting) => Promise<Reporter>>>

export type ReporterName = keyof typeof reporters

export const reporterNames = Object.keys(reporters) as readonly ReporterName[]
