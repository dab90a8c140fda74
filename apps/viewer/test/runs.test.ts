import {
  canonicalJson,
  findExperiment,
  runExperiment,
  type Result,
  type Row,
} from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { differences } from './differences.js'
import { inBrowser } from './in-browser.js'

/** What the command line finds with the same preset and seed. */
function here(id: string, seed: number): Promise<Result> {
  const experiment = findExperiment(id)
  return runExperiment(experiment, { params: experiment.presets.quick, seed })
}

inBrowser('runs', ({ visit, site }) => {
  test('opens on the list of theorems, and is small', async () => {
    site().served.clear()
    await visit(async ({ page, go }) => {
      await go('#/')
      await page.waitForLoadState('networkidle')
      expect(await page.getByRole('navigation').getByRole('link').count()).toBeGreaterThan(0)
      const files = [...site().served].filter(([name]) => !name.endsWith('.woff2'))
      const size = files.reduce((sum, [, bytes]) => sum + bytes, 0)
      console.log(`first load: ${(size / 1000).toFixed(1)} kB gzipped, ${files.length} files`)
      expect(size).toBeLessThan(300_000)
      expect([...site().served.keys()].filter((name) => /\.(woff|ttf)$/.test(name))).toEqual([])
    })
  })

  // The digits' rows need only + − × ÷ √, which every engine rounds alike. The Gaussian closed forms take sines,
  // cosines and angles from `Math`, where engines differ in the last bits: what is drawn is equal to the bit,
  // what is computed from it to twelve digits.
  test.for([
    { id: 'gaussian/no-overlap', tolerance: 1e-12 },
    { id: 'overparam/mnist', tolerance: 0 },
  ])('runs $id to its verdicts, with the rows of the command line', async ({ id, tolerance }) => {
    const expected = await here(id, 7)
    await visit(async ({ page, go, finished, result }) => {
      await go(`#/run/${id}?seed=7`)
      await page.getByRole('button', { name: 'quick' }).click()
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
      const shown = await page
        .locator('.verdict')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-status')))
      expect(shown).toEqual(expected.verdicts.map((verdict) => verdict.status))
      expect(await page.locator('figure svg').count()).toBe(expected.figures.length)
      const got = await result()
      const part = (rows: readonly Row[], name: 'key' | 'witness') =>
        canonicalJson(rows.map((row) => row[name]))
      expect(part(got.rows, 'key')).toBe(part(expected.rows, 'key'))
      expect(part(got.rows, 'witness')).toBe(part(expected.rows, 'witness'))
      expect(differences(got.rows, expected.rows, tolerance)).toEqual([])
      if (tolerance === 0) expect(got.digest).toBe(expected.digest)
    })
  })

  test('brings figures, formulas and digits only when they are needed', async () => {
    site().served.clear()
    await visit(async ({ page, go, finished }) => {
      await go('#/run/gaussian/no-overlap')
      await page.waitForLoadState('networkidle')
      const digits = () => [...site().served.keys()].filter((name) => /digits/.test(name))
      const figure = () => [...site().served.keys()].filter((name) => /figure.*\.js/.test(name))
      expect([digits(), figure()]).toEqual([[], []])
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
      expect(digits()).toEqual([])
      expect(figure()).toHaveLength(1)
    })
  })

  test('Stop stops: the workers end, nothing more comes, and the page can run again', async () => {
    await visit(async ({ page, go, finished }) => {
      await go('#/run/overparam/mnist')
      await page.getByRole('button', { name: 'full' }).click()
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.locator('.progress', { hasText: /^cell \d+ of/ }).waitFor()
      const before = page.workers().find((worker) => worker.url().includes('conductor'))
      if (!before) throw new Error('no worker conducts the run')
      const ended = before.waitForEvent('close')
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
      await ended
      const progress = await page.locator('.progress').innerText()
      expect(progress).toMatch(/^stopped after \d+ of \d+ cells/)

      await page.getByRole('link', { name: findExperiment('gaussian/no-overlap').name }).click()
      await page.getByRole('button', { name: 'quick' }).click()
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
      await page.getByRole('link', { name: findExperiment('overparam/mnist').name }).click()
      await page.locator('h1', { hasText: findExperiment('overparam/mnist').title }).waitFor()
      expect(await page.locator('.progress').innerText()).toBe(progress)
    })
  })
})
