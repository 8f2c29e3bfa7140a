/** The comparison of the designs is current. */
import { expect, test } from 'vitest'
import { comparisonPage } from './testing/comparison-page.js'

test('specs/COMPARISON.md is what the specs say', async () => {
  await expect(`${comparisonPage()}\n`).toMatchFileSnapshot('../specs/COMPARISON.md')
})
