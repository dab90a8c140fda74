import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

const value = (page: Page, method: string) => page.locator(`[data-method=${method}] dd`).innerText()

inBrowser('two sums', ({ visit }) => {
  test('a leaf more is counted by the sum, not by attention; nodes are dragged and permuted', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/two-sums')
        await page.locator('.node').first().waitFor()
        expect(await value(page, 'sum')).toBe('3, 6')
        expect(await value(page, 'attention')).toBe('1, 4')
        await page.getByRole('button', { name: 'one more leaf' }).click()
        await expect.poll(() => value(page, 'sum')).toBe('4, 8')
        expect(await value(page, 'attention')).toBe('1, 5')

        const node = page.locator('.node').first()
        await page.locator('.graph').scrollIntoViewIfNeeded()
        const from = await node.locator('circle').boundingBox()
        if (!from) throw new Error('no node')
        await page.mouse.move(from.x + 10, from.y + 10)
        await page.mouse.down()
        await page.mouse.move(from.x + 70, from.y + 30)
        await page.mouse.up()
        const to = await node.locator('circle').boundingBox()
        expect((to?.x ?? 0) - from.x).toBeGreaterThan(30)
        await node.press('ArrowLeft')
        await expect
          .poll(async () => (await node.locator('circle').boundingBox())?.x)
          .toBeLessThan(to?.x ?? 0)

        await page.getByRole('button', { name: 'Permute the nodes' }).click()
        expect(await value(page, 'sum')).toBe('4, 8')
        expect(await page.locator('.two-sums .remark').innerText()).toContain('difference is 0.')
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        expect(await axe(page)).toEqual([])
      },
      { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
    )
  })
})
