import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { valueOf } from './landscape-reader.js'

const answer = (page: Page) => page.locator('.labelings .first th').innerText()
const remark = (page: Page) => page.locator('.whole-picture .remark').innerText()

inBrowser('the whole picture', ({ visit }) => {
  test('a score is dragged, and moved by keys, until the answer flips', async () => {
    await visit(async ({ page, go }) => {
      await go('#/picture')
      await page.locator('.labelings').waitFor()
      expect(await answer(page)).toBe('man, surfboard, wave')
      expect(await page.locator('.labelings tbody tr').count()).toBe(12)
      expect(await remark(page)).toContain('Each part alone says man, skateboard, sand')
      expect(await remark(page)).toContain('rank 7 of 12 and probability 5.1 %')
      expect(await axe(page)).toEqual([])

      // up to the dashed line at 0.9, and beyond
      const board = page.getByRole('slider', { name: 'skateboard' })
      for (const score of [0.65, 0.7, 0.75, 0.8, 0.85]) {
        await board.press('ArrowUp')
        await expect.poll(() => valueOf(page, 'board')).toBe(`${score},0`)
        expect(await answer(page)).toBe('man, surfboard, wave')
      }
      await board.press('PageUp')
      await expect.poll(() => answer(page)).toBe('man, skateboard, road')

      // the pointer brings it back
      await board.scrollIntoViewIfNeeded()
      const box = await board.boundingBox()
      if (!box) throw new Error('no bar')
      const x = box.x + box.width / 2
      await page.mouse.move(x, box.y + 20)
      await page.mouse.down()
      await page.mouse.move(x, box.y + box.height - 40, { steps: 4 })
      await page.mouse.up()
      await expect.poll(() => answer(page)).toBe('man, surfboard, wave')
      await page.goBack()
      await expect.poll(() => answer(page)).toBe('man, skateboard, road')

      await page.getByRole('button', { name: 'no context' }).click()
      await expect.poll(() => remark(page)).toContain('and so does the whole picture')
      await page.locator('#param-ground').fill('1, 0')
      await expect
        .poll(() => page.locator('#param-ground-error').innerText())
        .toContain('xpected 3 scores, got 2')
    })
  })

  test('fits a phone, in the dark', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/picture')
        await page.locator('.labelings').waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
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
