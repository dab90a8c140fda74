import {
  canonicalJson,
  findExperiment,
  runExperiment,
  type ParamValues,
  type Result,
  type Row,
} from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { formatAddress } from '../src/state/address.js'
import { differences } from './differences.js'
import { inBrowser } from './in-browser.js'
import type { Site, Size } from './site.js'

/**
 * What the command line finds with the same parameters and seed; those that are not given are of
 * the quick preset.
 */
function here(id: string, seed: number, set: ParamValues = {}): Promise<Result> {
  const experiment = findExperiment(id)
  return runExperiment(experiment, { params: { ...experiment.presets.quick, ...set }, seed })
}

/** The files served so far whose names match, in bytes. */
function weigh({ served }: Site, pattern: RegExp): Size & { readonly files: number } {
  const sizes = [...served].filter(([name]) => pattern.test(name)).map(([, size]) => size)
  const sum = (kind: keyof Size) => sizes.reduce((total, size) => total + size[kind], 0)
  return { files: sizes.length, raw: sum('raw'), gzip: sum('gzip') }
}

function said({ files, raw, gzip }: ReturnType<typeof weigh>): string {
  return `${files} files, ${Math.round(raw / 1000)} kB (${Math.round(gzip / 1000)} kB gzipped)`
}

inBrowser('runs', ({ visit, site }) => {
  test('opens on the list of theorems, and is small', async () => {
    site().served.clear()
    await visit(async ({ page, go }) => {
      await go('#/')
      await page.waitForLoadState('networkidle')
      expect(await page.getByRole('navigation').getByRole('link').count()).toBeGreaterThan(0)
      const names = [...site().served.keys()]
      expect(names.filter((name) => /\.(woff|ttf)$/.test(name))).toEqual([])
      const scripts = weigh(site(), /\.js$/)
      const all = weigh(site(), /(?<!\.woff2)$/)
      console.log(`first load: ${said(all)}, of which scripts ${said(scripts)}`)
      expect(scripts.files).toBeGreaterThan(0)
      expect(all.gzip).toBeLessThan(220_000)
    })
  })

  // Rows are compared to the last bit where every V8 must give the same. The separable experiments
  // take only + − × ÷ √, and hypot, which V8 makes of these. The Gaussian closed forms take sines,
  // cosines and angles from `Math`, whose last bits ECMAScript leaves to the engine and V8 has
  // changed between versions (powers differ between Node 20 and Chromium 150); moved by one unit in
  // the last place they move these rows by at most 4e-14. So there what is drawn from the seed is
  // equal to the last bit, what is computed from it to twelve digits. The digits are fewer than in
  // the preset, which its golden digest covers; they come from the address.
  test.for<{ id: string; exact: readonly (keyof Row)[]; set?: ParamValues }>([
    { id: 'gaussian/no-overlap', exact: ['key', 'witness'] },
    { id: 'gaussian/landscape', exact: ['key'] },
    { id: 'gaussian/gd-rate', exact: ['key'] },
    { id: 'overparam/updates', exact: ['key', 'witness', 'measured'] },
    {
      id: 'overparam/mnist',
      exact: ['key', 'witness', 'measured'],
      set: { n: 1000, k: [1, 10, 100], seeds: 1 },
    },
  ])('runs $id to its verdicts, with the rows of the command line', async ({ id, exact, set }) => {
    await visit(async ({ page, go, finished, result }) => {
      const experiment = findExperiment(id)
      const params = experiment.params.parse({ ...experiment.presets.quick, ...set })
      // a link shows its result
      await go(formatAddress(experiment, params, 7))
      const expected = await here(id, 7, set)
      await finished()
      const shown = await page
        .locator('.verdict')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-status')))
      expect(shown).toEqual(expected.verdicts.map((verdict) => verdict.status))
      expect(await page.locator('figure svg').count()).toBe(expected.figures.length)
      const got = await result()
      expect(got.params).toEqual(expected.params)
      for (const part of exact)
        expect(canonicalJson(got.rows.map((row) => row[part]))).toBe(
          canonicalJson(expected.rows.map((row) => row[part])),
        )
      expect(differences(got.rows, expected.rows, 1e-12)).toEqual([])
      if (exact.includes('measured')) expect(got.digest).toBe(expected.digest)
    })
  })

  test('brings formulas and digits only when they are needed', async () => {
    site().served.clear()
    await visit(async ({ page, go, finished }) => {
      await go('#/run/gaussian/no-overlap')
      await page.waitForLoadState('networkidle')
      const digits = () => [...site().served.keys()].filter((name) => /digits/.test(name))
      const figure = () => [...site().served.keys()].filter((name) => /figure.*\.js/.test(name))
      expect(digits()).toEqual([])
      // the stored result is drawn
      await page.locator('figure svg').first().waitFor()
      expect(figure()).toHaveLength(1)
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
      expect(digits()).toEqual([])
    })
  })

  test('Stop stops: the workers end, nothing more comes, and the page can run again', async () => {
    await visit(async ({ page, go, finished }) => {
      await go('#/run/overparam/mnist')
      await page.getByRole('button', { name: 'full' }).click()
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.locator('.progress', { hasText: /^cell \d+ of/ }).waitFor()
      await expect.poll(() => page.workers().length).toBeGreaterThan(0)
      const before = page.workers()
      const ended = Promise.all(before.map((worker) => worker.waitForEvent('close')))
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
