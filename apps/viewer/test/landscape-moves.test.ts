import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { crosshair, nextFrames, pixelsOf, placeOf, runs, valueOf } from './landscape-reader.js'

const starts = '0.9,0.3,1.1,-0.2,-0.4,-1.2,-1,-0.6'
const angle = (page: Page) => page.locator('#param-angle').inputValue()
const paths = (page: Page) => page.locator('canvas.paths')
const raced = (page: Page) => page.locator('.race [aria-busy=false] tbody tr')

inBrowser('the landscape, moved', ({ visit }) => {
  test('the whole map is in a low window, with what plays it', async () => {
    for (const viewport of [
      { width: 1366, height: 657 },
      { width: 1280, height: 800 },
    ])
      await visit(
        async ({ page, go }) => {
          await go(`#/landscape?stride=1&starts=${starts}`)
          await page.locator('.timing').waitFor({ state: 'attached' })
          await page.locator('.katex').first().waitFor()
          for (const what of [crosshair(page), page.getByRole('button', { name: 'Play' }).first()])
            await expect
              .poll(() => what.evaluate((it) => innerHeight - it.getBoundingClientRect().bottom))
              .toBeGreaterThanOrEqual(0)
          expect(await page.evaluate(() => scrollY)).toBe(0)
          expect(await crosshair(page).evaluate((it) => it.clientWidth)).toBeGreaterThan(380)
        },
        { viewport },
      )
  })

  test('Back undoes one drag, one row of keys, and one choice at a time', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?stride=1&angle=100')
      await page.locator('.timing').waitFor({ state: 'attached' })
      const slider = page.locator('.field:has(#param-angle) .slider')
      const box = await slider.boundingBox()
      if (!box) throw new Error('no slider')
      const drag = async (from: number, to: number) => {
        await page.mouse.move(box.x + from * box.width, box.y + box.height / 2)
        await page.mouse.down()
        await page.mouse.move(box.x + to * box.width, box.y + box.height / 2, { steps: 6 })
        // the address follows the drag before it ends, and the drag is one entry all the same
        await expect.poll(() => valueOf(page, 'angle')).toBe(await angle(page))
        await page.mouse.move(box.x + (to + 0.05) * box.width, box.y + box.height / 2)
        await page.mouse.up()
        await expect.poll(() => valueOf(page, 'angle')).toBe(await angle(page))
      }
      await drag(0.3, 0.5)
      const first = await angle(page)
      await drag(0.5, 0.7)
      const second = await angle(page)
      expect(new Set(['100', first, second]).size).toBe(3)
      await page.locator('#param-shown').selectOption('surface')
      await page.locator('#param-shown').selectOption('contours')
      await page.locator('.field:has(#param-k) .slider').focus()
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
      await expect.poll(() => valueOf(page, 'k')).toBe('8')

      await page.goBack()
      await expect.poll(() => valueOf(page, 'k')).toBe(null)
      await page.goBack()
      await expect.poll(() => valueOf(page, 'shown')).toBe('surface')
      await page.goBack()
      await expect.poll(() => angle(page)).toBe(second)
      await page.goBack()
      await expect.poll(() => angle(page)).toBe(first)
      await page.goBack()
      await expect.poll(() => angle(page)).toBe('100')
    })
  })

  test('the teacher is dragged on the map, or turned by keys', async () => {
    await visit(async ({ page, go }) => {
      await go(`#/landscape?stride=1&starts=${starts}`)
      await page.locator('.timing').waitFor({ state: 'attached' })
      const before = (await runs(page)).join()
      const width = () =>
        page.locator('canvas.loss').evaluate((it) => (it as HTMLCanvasElement).width)
      const whole = await width()
      const box = await crosshair(page).boundingBox()
      if (!box) throw new Error('no map')
      const to = async (x: number, y: number) => {
        const [px, py] = await placeOf(page, { x, y })
        await page.mouse.move(box.x + px, box.y + py)
      }
      await to(-Math.SQRT1_2, Math.SQRT1_2)
      await page.mouse.down()
      await to(-0.5, 1.2)
      await to(0.6, 0.6)
      // the picture follows before the teacher is let go, at half the resolution
      await expect.poll(() => angle(page)).toBe('45')
      await expect.poll(async () => Math.abs((await width()) - whole / 2)).toBeLessThanOrEqual(1)
      await page.mouse.up()
      await expect.poll(width).toBe(whole)
      await expect.poll(() => valueOf(page, 'angle')).toBe('45')
      expect(valueOf(page, 'starts')).toBe(starts)
      expect((await runs(page)).join()).not.toBe(before)

      const grip = page.getByRole('slider', { name: 'direction of the teacher' })
      await grip.press('ArrowUp')
      await grip.press('ArrowUp')
      await expect.poll(() => valueOf(page, 'angle')).toBe('47')
      // keys after a drag belong to it
      await page.goBack()
      await expect.poll(() => angle(page)).toBe('135')
      await expect.poll(async () => (await runs(page)).join()).toBe(before)
    })
  })

  test('descents are stepped, moved by a slider, and played to their end', async () => {
    await visit(async ({ page, go }) => {
      await go(`#/landscape?stride=1&starts=${starts}`)
      await page.locator('.timing').waitFor({ state: 'attached' })
      const part = page.locator('.play-part')
      const count = () => part.locator('.scrub b').innerText()
      const ended = await pixelsOf(paths(page))
      const last = await count()
      await part.getByRole('button', { name: 'to the initialization' }).click()
      await expect.poll(count).toBe('0')
      await expect.poll(() => pixelsOf(paths(page))).not.toBe(ended)
      const first = await pixelsOf(paths(page))
      await part.getByRole('button', { name: 'Step' }).click()
      await expect.poll(count).toBe('1')
      await expect.poll(() => pixelsOf(paths(page))).not.toBe(first)
      await part.getByRole('slider').fill('5')
      await expect.poll(() => part.locator('.losses').innerText()).toMatch(/^losses from 0\.\d+/)
      await part.getByRole('button', { name: 'Play' }).click()
      await expect.poll(count, { timeout: 20_000 }).toBe(last)
      await expect.poll(() => pixelsOf(paths(page))).toBe(ended)
      expect(await axe(page)).toEqual([])

      // the surface shows the same step
      await page.locator('#param-shown').selectOption('surface')
      const surface = page.locator('.surface canvas')
      const whole = await pixelsOf(surface)
      await part.getByRole('button', { name: 'to the initialization' }).click()
      await expect.poll(() => pixelsOf(surface)).not.toBe(whole)
      await part.getByRole('button', { name: 'to the end' }).click()
      await expect.poll(() => pixelsOf(surface)).toBe(whole)
    })
  })

  test('basins are tinted, and restarts raced, where there is a spurious minimum', async () => {
    await visit(async ({ page, go }) => {
      const tint = page.locator('canvas.basins')
      const isEmpty = () =>
        tint.evaluate((it) => {
          const canvas = it as HTMLCanvasElement
          const empty = document.createElement('canvas')
          empty.width = canvas.width
          empty.height = canvas.height
          return canvas.toDataURL() === empty.toDataURL()
        })
      await go('#/landscape?stride=1')
      await expect.poll(isEmpty).toBe(false)
      await expect.poll(() => raced(page).count()).toBeGreaterThan(2)
      const first = await raced(page).first().innerText()
      const [, reached, p] = /(\d+) of 100\s+(0\.\d+)/.exec(first) ?? []
      // 3.5 standard errors
      expect(Math.abs(Number(reached) / 100 - Number(p))).toBeLessThan(0.18)
      const marks = raced(page).first().locator('circle')
      expect(await marks.count()).toBe(100)
      expect(await raced(page).nth(1).locator('circle').count()).toBe(100 - Number(reached))
      await page.locator('.race').getByRole('button', { name: 'to the initialization' }).click()
      await expect.poll(() => marks.first().isVisible()).toBe(false)
      await page.locator('.race').getByRole('button', { name: 'Step' }).click()
      await expect.poll(() => marks.first().isVisible()).toBe(true)
      await page.locator('.race').getByRole('button', { name: 'to the end' }).click()
      expect(await axe(page)).toEqual([])

      await page.locator('#param-basins').uncheck()
      await expect.poll(isEmpty).toBe(true)
      await page.getByRole('button', { name: 'no overlap', exact: true }).click()
      await expect.poll(() => raced(page).count()).toBe(1)
      await expect.poll(() => raced(page).innerText()).toContain('100 of 100')
      await nextFrames(page)
      expect(await isEmpty()).toBe(true)
    })
  })
})
