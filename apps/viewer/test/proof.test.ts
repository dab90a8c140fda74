import { expect, test } from 'vitest'
import { proofParams } from '../src/proof/params.js'
import { proofRun } from '../src/proof/proof-run.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

inBrowser('the proof', ({ visit }) => {
  test('is stepped, scrubbed and played; the crossing follows the sliders; the run is that of Node', async () => {
    await visit(async ({ page, go }) => {
      await go('#/proof?seed=2')
      const run = proofRun(proofParams.parse({}), 2)
      const remark = page.locator('.remark')
      await remark.filter({ hasText: `Update ${run.updates},` }).waitFor()
      expect(await page.locator('.verdict[data-status=holds]').count()).toBe(5)
      expect(await page.locator('.chart .strong').first().textContent()).toContain(
        `t = ${run.most}`,
      )
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: 'to the initialization' }).click()
      await remark.filter({ hasText: 'Before the first update' }).waitFor()
      await page.getByRole('button', { name: 'Step', exact: true }).click()
      await remark.filter({ hasText: 'Update 1,' }).waitFor()
      expect(await page.locator('.chart .dot').count()).toBe(2)
      await page.getByRole('slider', { name: 'update t' }).focus()
      await page.keyboard.press('ArrowRight')
      await remark.filter({ hasText: 'Update 2,' }).waitFor()
      await page.getByRole('button', { name: 'Play' }).click()
      await remark.filter({ hasText: /^Update ([3-9]|\d\d),/ }).waitFor()
      await page.getByRole('button', { name: 'Pause' }).click()
      const at = await remark.innerText()
      expect(await axe(page)).toEqual([])
      expect(await remark.innerText()).toBe(at)

      await page.locator('#param-alpha').fill('1')
      const steep = proofRun(proofParams.parse({ alpha: 1 }), 2)
      await page.locator('.chart', { hasText: `t = ${steep.most}` }).waitFor()
      expect(steep.crossing).toBeCloseTo(run.crossing / 4, 6)
    })
  })

  test('on a phone, in the dark, without motion', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/proof')
        await page.locator('.chart').waitFor()
        expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        expect(await axe(page)).toEqual([])
      },
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark', reducedMotion: 'reduce' },
    )
  })
})
