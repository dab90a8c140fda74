import { findExperiment } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { formatAddress } from '../src/state/address.js'
import { inBrowser } from './in-browser.js'

inBrowser('tfjs-training', ({ visit, site }) => {
  test('trains by model.fit in a worker, and loads TensorFlow.js only then', async () => {
    site().served.clear()
    // TensorFlow.js alone is 1.5 MB, the largest other file a third of it
    const largest = () => Math.max(0, ...[...site().served.values()].map(({ raw }) => raw))
    await visit(async ({ page, go, finished }) => {
      const experiment = findExperiment('structured/tfjs-training')
      await go(`#/run/${experiment.id}`)
      await page.locator('.stored').waitFor()
      await page.waitForLoadState('networkidle')
      expect(largest()).toBeLessThan(1_000_000)
      const set = { graphs: 200, epochs: 15, rate: 0.02, hidden: 16, test: 50, seeds: 1 }
      // a link that is opened in a tab with another result is computed, too
      await go(formatAddress(experiment, experiment.params.parse(set), 1))
      await finished()
      expect(largest()).toBeGreaterThan(1_000_000)
      const statuses = await page
        .locator('.verdict')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-status')))
      expect(statuses).toEqual(['holds', 'holds', 'holds', 'holds'])
    })
  })
})
