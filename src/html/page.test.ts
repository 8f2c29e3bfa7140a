import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pageOf } from './page.js'
import type { PageData, PageRun } from './page-data.js'

const code = { script: 'console', style: 'p{}' }
const run: PageRun = {
  ...{ id: 'a/b', title: 'A', verdict: 'holds', property: '', isAsExpected: true, ending: [], again: 'swapcheck check a/b' },
  figures: { distinct: 1, generated: 2, depth: 3, seconds: 0 },
  coverage: [],
}
const dataIn = (page: string): PageData => JSON.parse(/id="data">(.*)<\/script>\n<script>/s.exec(page)?.[1] ?? '')

describe('a page', () => {
  test('has its data, whatever is written in them', () => {
    for (const title of ['</script><script>alert(1)</script>', '<!--', '\u2028', '"quoted" & \\ $& $1']) {
      const data = { version: '1', runs: [{ ...run, id: title, title }] }
      const page = pageOf(data, code)
      expect(dataIn(page)).toEqual(data)
      expect(page.match(/<script/g)).toHaveLength(2)
      expect(page.match(/<title>[^<>]*<\/title>/)).not.toBe(null)
    }
  })

  test('lets no other code in, and asks nobody for anything', () => {
    const hash = createHash('sha256').update(code.script).digest('base64')
    const page = pageOf({ version: '1', runs: [run] }, code)
    expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`)
    expect(page).toContain("connect-src 'none'")
    expect(page).not.toMatch(/https?:/)
  })

  test('is the same bytes for the same runs', () => {
    const page = (): string => pageOf({ version: '1', runs: [run] }, code)
    expect(page()).toBe(page())
  })
})
