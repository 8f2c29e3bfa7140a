/**
 * The pages in a real browser: Chromium, where it is installed (`CHROMIUM` names it where it is elsewhere than Debian puts it). Without one these
 * tests are left out; `.ci/run` installs it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GraphBuilder } from './graph/drawn-graph.js'
import { toFlowchart } from './graph/flowchart.js'
import { hostileTexts } from './testing/hostile.js'
import { type Running, start, swapcheck } from './testing/swapcheck.js'

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'swapcheck-page-'))
const file = join(folder, 'report.html')
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1400, height: 900 }

let browser: Browser

interface Opened {
  readonly page: Page
  /** What it wrote to the console, threw, or asked for. */
  readonly said: string[]
}

async function open(address: string, more: { viewport?: typeof PHONE; colorScheme?: 'light' | 'dark' } = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: DESK, ...more, bypassCSP: false })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) said.push(request.url())
  })
  await page.goto(address)
  return { page, said }
}

/** What axe finds wrong with a page, by the rule. */
async function wrongs(address: string, more: { viewport?: typeof PHONE; colorScheme?: 'light' | 'dark' }): Promise<string[]> {
  const context = await browser.newContext({ viewport: DESK, ...more, bypassCSP: true })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('h2').first().waitFor()
  await page.evaluate(axe)
  const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] }
  await context.close()
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  beforeAll(async () => {
    swapcheck('check', 'vswap/swap-device-null+rfc-v2', 'classics/peterson-2-unfair', 'die-hard-5-3', '--reporter', 'html', '--out', file)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] } as Parameters<typeof chromium.launch>[0])
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  const report = `file://${file}`
  const raceAt = (state: number | '' = ''): string => `${report}#run=${encodeURIComponent('vswap/swap-device-null+rfc-v2')}&state=${state}`

  test('a stored counterexample tells its story, and has no figures of a search', async () => {
    const stored = join(folder, 'stored.html')
    swapcheck('replay', 'counterexamples/vswap-direct-swapin+broken.itf.json', '--reporter', 'html', '--out', stored)
    const { page, said } = await open(`file://${stored}`)
    expect(await page.locator('.summary').textContent()).toContain('CVE-2024-26759 (fixed in 6.8 by')
    await expect.poll(() => page.locator('output').textContent()).toBe('after step 110 of 110')
    expect(await page.locator('.figures, .coverage').count()).toBe(0)
    expect(said).toEqual([])
  })

  describe('the report', () => {
    test('is quiet, and asks no network for anything', async () => {
      const { page, said } = await open(raceAt())
      await page.locator('.lanes .step').first().waitFor()
      expect(said).toEqual([])
    })

    test('shows the last state at first, and the step that is clicked', async () => {
      const { page } = await open(raceAt())
      await expect.poll(() => page.locator('output').textContent()).toBe('after step 22 of 22')
      await page.locator('.lanes .step', { hasText: 'release_backing.write_unlock' }).click()
      await expect.poll(() => page.locator('.changes').textContent()).toContain('desc[1].slot 1 -> NULL')
      expect(await page.locator('.lanes [aria-current]').textContent()).toContain('release_backing.write_unlock')
      expect(await page.locator('.state tr.changed').allTextContents()).toContain('desc[1].slot1 → NULL')
    })

    test('keeps the names of the processes in view, above the step', async () => {
      const { page } = await open(raceAt())
      const [heads, current] = [page.locator('.lane-heads'), page.locator('.lanes [aria-current]')]
      await current.waitFor()
      const [above, below] = [await heads.boundingBox(), await current.boundingBox()]
      expect(above?.y).toBeGreaterThan(0)
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
    })

    test('goes on and back with keys, and keeps its place in the address', async () => {
      const { page } = await open(raceAt(3))
      const where = page.locator('output')
      for (const [key, says] of [
        ['ArrowRight', 'after step 4 of 22'],
        ['ArrowLeft', 'after step 3 of 22'],
        ['Home', 'initial state'],
        ['End', 'after step 22 of 22'],
      ] as const) {
        await page.keyboard.press(key)
        await expect.poll(() => where.textContent()).toBe(says)
      }
      await page.keyboard.press('Home')
      await page.reload()
      await expect.poll(() => where.textContent()).toBe('initial state')
    })

    test('is scrubbed', async () => {
      const { page } = await open(raceAt())
      await page.locator('input[type=range]').fill('7')
      await expect.poll(() => page.locator('output').textContent()).toBe('after step 7 of 22')
      await page.getByRole('button', { name: 'One step back' }).click()
      await expect.poll(() => page.locator('output').textContent()).toBe('after step 6 of 22')
    })

    test('draws the arrows of the state in view', async () => {
      const { page } = await open(raceAt(0))
      const arrows = page.locator('.arrows li')
      expect(await arrows.allTextContents()).toContain('desc[1].slot → slot[1]')
      expect(await page.locator('svg .arrow').count()).toBe(await arrows.count())
      await page.keyboard.press('End')
      await expect.poll(() => arrows.allTextContents()).not.toContain('desc[1].slot → slot[1]')
    })

    test('marks where the steps begin to repeat for ever', async () => {
      const { page } = await open(`${report}#run=classics%2Fpeterson-2-unfair`)
      expect(await page.locator('.loop').count()).toBe(1)
    })

    test('has a table of the scenarios, to choose from', async () => {
      const { page } = await open(report)
      await page.getByRole('searchbox').fill('die-hard')
      await page.locator('.runs tbody button').click()
      await expect.poll(() => page.locator('main h2').first().textContent()).toBe('classics/die-hard-5-3')
      expect(await page.locator('.coverage').textContent()).toContain('actions: 6 of 6 steps fired')
    })

    test('fits on a phone', async () => {
      const { page } = await open(raceAt(5), { viewport: PHONE })
      await page.locator('.lanes .step').first().waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
      expect(await page.locator('.step .lane-name').first().isVisible()).toBe(true)
    })

    test('is light or dark as its reader likes', async () => {
      const back = async (colorScheme: 'light' | 'dark') => {
        const { page } = await open(report, { colorScheme })
        return page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
      }
      expect(await back('light')).not.toBe(await back('dark'))
    })

    test.each([
      ['light, on a desk', { colorScheme: 'light' }],
      ['dark, on a desk', { colorScheme: 'dark' }],
      ['on a phone', { viewport: PHONE }],
    ] as const)('breaks no rule of accessibility: %s', async (_, more) => {
      expect(await wrongs(raceAt(5), more)).toEqual([])
    })
  })

  test('a flowchart of a graph is one to Mermaid, whatever is written in it', async () => {
    const page = await (await browser.newContext()).newPage()
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js') })
    for (const text of hostileTexts) {
      const builder = new GraphBuilder()
      builder.node('a', { label: text, mark: 'start' })
      builder.node('b', { label: text })
      builder.transition('a', 'b', text)
      const kind = await page.evaluate(`mermaid.parse(${JSON.stringify(toFlowchart(builder.build()))}).then((found) => found.diagramType)`)
      expect([text, kind]).toEqual([text, 'flowchart-v2'])
    }
  })

  describe('explore', () => {
    let running: Running
    let address = ''

    beforeAll(async () => {
      running = start('explore', 'vswap/swap-device-null+rfc-v2')
      await running.written('Ctrl-C')
      address = /http:\S+/.exec(running.stdout)?.[0] ?? ''
    })
    afterAll(async () => {
      running.interrupt()
      expect((await running.ended()).code).toBe(0)
    })

    test('takes the step that is chosen, and takes it back', async () => {
      const { page, said } = await open(address)
      await page.getByRole('button', { name: 'zap_pte_range.pte_offset_map_lock' }).click()
      await page.getByRole('button', { name: 'zap_pte_range.zap' }).waitFor()
      await expect
        .poll(() => page.locator('.summary code').textContent())
        .toBe('swapcheck explore vswap/swap-device-null+rfc-v2 --path 0.1')
      await page.getByRole('button', { name: 'Take the last step back' }).click()
      await page.getByRole('button', { name: 'zap_pte_range.pte_offset_map_lock' }).first().waitFor()
      await expect.poll(() => page.url()).toContain('#path=0')
      expect(said).toEqual([])
    })

    test('jumps to what breaks a property', async () => {
      const { page } = await open(address)
      await page.locator('select').selectOption('NoUseAfterFree')
      await page.getByRole('button', { name: 'Go' }).click()
      await page.getByText('The last step failed: NULL pointer dereference: si->flags').waitFor()
    })

    test('jumps to the first state in which a field has a value, and says what is wrong with one that is none', async () => {
      const { page, said } = await open(address)
      const field = page.getByLabel('Jump to where a field has a value')
      await field.fill('desc[1].swap_refs = 0')
      await field.press('Enter')
      await page.locator('.lanes .step', { hasText: 'atomic_sub_and_test' }).waitFor()
      await field.fill('desc[1].swap_ref = 3')
      await page.getByRole('button', { name: 'Find' }).click()
      await page.getByText("came 'swap_ref': did you mean swap_refs?").waitFor()
      expect(said.filter((text) => !text.includes('400'))).toEqual([])
    })

    test('goes on from an earlier state', async () => {
      const { page } = await open(`${address}#path=0.1.1`)
      await page.locator('.lanes .step', { hasText: 'initially' }).click()
      await page.getByRole('button', { name: 'user_access.access' }).click()
      await page.locator('.summary code', { hasText: '--path 0.0' }).waitFor()
    })

    test('breaks no rule of accessibility', async () => expect(await wrongs(address, {})).toEqual([]))
  })
})
