import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { inputOf, passOf } from '../src/filter/model.js'
import { numberText } from '../src/state/text.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { valueOf } from './landscape-reader.js'

const loss = (page: Page, which: string) => page.locator(`[data-loss=${which}]`).innerText()
const weights = (page: Page, name: string) => (valueOf(page, name) ?? '').split(',').map(Number)

inBrowser('the filter', ({ visit }) => {
  test('shows the losses of the library; weights are dragged and moved by keys; Back undoes', async () => {
    await visit(async ({ page, go }) => {
      await go('#/filter?stride=1&teacher=1,-1&student=0.5,0.25&seed=5')
      await page.locator('.strip').waitFor()
      const [teacher, student, patches] = [[1, -1], [0.5, 0.25], { k: 4, stride: 1 }] as const
      const x = inputOf(5, 2, patches)
      const off = passOf(student, x, patches).output - passOf(teacher, x, patches).output
      expect(await loss(page, 'here')).toBe(numberText(off ** 2, 4))
      expect(await loss(page, 'expected')).toBe(
        numberText(overlapLoss(student, teacher, patches), 4),
      )
      expect(await page.locator('.strip .common').count()).toBe(3)
      expect(await axe(page)).toEqual([])

      const bars = page.locator('.weights.student .bars')
      const box = await bars.boundingBox()
      if (!box) throw new Error('no bars')
      await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 4, box.y - 50)
      // the picture follows before the weight is let go
      await expect
        .poll(() => loss(page, 'expected'))
        .toBe(numberText(overlapLoss([1.5, 0.25], teacher, patches), 4))
      expect(await axe(page)).toEqual([])
      await page.mouse.up()
      await expect.poll(() => weights(page, 'student')).toEqual([1.5, 0.25])
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => weights(page, 'student')).toEqual([1.45, 0.25])
      await page.goBack()
      await expect.poll(() => weights(page, 'student')).toEqual([0.5, 0.25])

      await page.getByRole('button', { name: 'student = teacher', exact: true }).click()
      await expect.poll(() => loss(page, 'expected')).toBe('0')
      expect(await page.locator('.strip .common').count()).toBe(0)
    })
  })

  test('the filter slides from patch to patch, by steps where no motion is wanted', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/filter')
        const product = page.locator('.filter .product')
        expect(await product.innerText()).toMatch(/^Patch 1,/)
        expect(await page.getByRole('button', { name: 'Slide the filter' }).count()).toBe(0)
        await page.getByRole('button', { name: 'next patch' }).click()
        await expect.poll(() => product.innerText()).toMatch(/^Patch 2,/)
        expect(
          await page
            .locator('.strip .frame')
            .evaluate((it) => getComputedStyle(it).transitionDuration),
        ).toBe('0s')
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        await page.emulateMedia({ colorScheme: 'dark' })
        expect(await axe(page)).toEqual([])
      },
      { reducedMotion: 'reduce', viewport: { width: 360, height: 740 } },
    )
  })

  test('filters of different lengths are refused beside the field', async () => {
    await visit(async ({ page, go }) => {
      await go('#/filter')
      await page.locator('#param-student').fill('1, 1')
      await expect
        .poll(() => page.locator('#param-student-error').innerText())
        .toContain('3 weights')
    })
  })
})
