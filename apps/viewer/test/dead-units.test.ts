import { expect, test } from 'vitest'
import { wallOf } from '../src/dead-units/wall.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

inBrowser('the dead ReLU wall', ({ visit }) => {
  test('columns are dark as in Node, until k is large enough or ReLU has a slope', async () => {
    await visit(async ({ page, go }) => {
      await go('#/dead-units?seed=4')
      const remark = page.locator('.remark')
      const dark = wallOf({ d: 64, k: 4, alpha: 0 }, 4).dead.length
      await remark.filter({ hasText: `${dark} of 64 columns are dark` }).waitFor()
      expect(await remark.innerText()).toContain('exactly these')
      expect(await page.locator('.picture').innerText()).toContain('0.984')
      expect(await axe(page)).toEqual([])
      const slider = page.getByRole('slider', { name: 'k, slider' })
      await slider.focus()
      for (let k = 5; k <= 16; k++) await page.keyboard.press('ArrowRight')
      await remark.filter({ hasText: 'No column is dark' }).waitFor()
      await page.getByRole('button', { name: 'leaky', exact: true }).click()
      await remark.filter({ hasText: 'every unit passes a gradient' }).waitFor()
      expect(await page.locator('.wall.leaky').count()).toBe(1)
      expect(await axe(page)).toEqual([])
      await page.goBack()
      await remark.filter({ hasText: 'No column is dark' }).waitFor()
    })
  })

  test('on a phone, in the dark', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/dead-units?d=256&k=8')
        await page.locator('.chart').waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        const above = (name: string) =>
          page.locator(name).evaluate((it) => it.getBoundingClientRect().top)
        // the picture comes before its form
        expect(await above('.wall')).toBeLessThan(await above('#param-k'))
        expect(await axe(page)).toEqual([])
      },
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
    )
  })
})
