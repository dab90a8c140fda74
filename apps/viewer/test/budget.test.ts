import { projectBudget, publishedBudget } from '@nonconvex/structured/cardinality'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { numberText } from '../src/state/text.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { valueOf } from './landscape-reader.js'

const sum = (page: Page, method: string) => page.locator(`[data-method=${method}] dd`).innerText()
const total = (y: Float64Array) =>
  numberText(
    y.reduce((all, label) => all + label, 0),
    4,
  )

inBrowser('the label budget', ({ visit }) => {
  test('τ and the sums are those of the library, while scores and budget move', async () => {
    await visit(async ({ page, go }) => {
      await go('#/budget?z=1.5&scores=1,0.75,0.5,0')
      await page.locator('.water').waitFor()
      expect(await page.locator('.budget .remark').innerText()).toContain(
        `τ = ${numberText(projectBudget([1, 0.75, 0.5, 0], 1.5).tau, 4)};`,
      )
      expect(await sum(page, 'projection')).toContain('Σ y = 1.5')
      expect(await sum(page, 'published')).toContain(
        `Σ y = ${total(publishedBudget([1, 0.75, 0.5, 0], 1.5))}`,
      )
      expect(await page.locator('[data-method=published] .violated').count()).toBe(1)
      expect(await axe(page)).toEqual([])

      const first = page.getByRole('slider', { name: 'object 1' })
      await first.press('ArrowDown')
      await expect.poll(() => valueOf(page, 'scores')).toBe('0.95,0.75,0.5,0')
      await first.press('Home')
      await expect.poll(() => valueOf(page, 'scores')).toBe('-0.5,0.75,0.5,0')
      expect(await page.locator('.budget .remark').innerText()).toContain('objects 2, 3')

      await page.getByRole('button', { name: 'not reached' }).click()
      await expect
        .poll(() => page.locator('.budget .remark').innerText())
        .toContain('does not bind')
      await page.getByRole('button', { name: 'at most 2' }).click()
      await expect.poll(() => sum(page, 'projection')).toContain('Σ y = 2')
      await page.goBack()
      await page.goBack()
      await expect.poll(() => valueOf(page, 'scores')).toBe('-0.5,0.75,0.5,0')
      await page.locator('#param-z').fill('5')
      await expect.poll(() => page.locator('#param-z-error').innerText()).toContain('at most 4')
    })
  })

  test('fits a phone, in the dark', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/budget')
        await page.locator('.water').waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        // the picture comes before the form
        const [picture, form] = await Promise.all(
          ['.picture', '.form'].map((name) => page.locator(name).boundingBox()),
        )
        expect(picture?.y).toBeLessThan(form?.y ?? 0)
        expect(await axe(page)).toEqual([])
      },
      { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
    )
  })
})
