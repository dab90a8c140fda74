import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { pointsOf } from '../src/separable/point-sets.js'
import { csvOfPoints } from '../src/separable/points.js'
import { examplesOf, problemOf } from '../src/separable/problem.js'
import { Training } from '../src/separable/training.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { valueOf } from './landscape-reader.js'

const planes = (page: Page) => page.locator('.plane')
const counts = (page: Page) => page.locator('.counter b').allInnerTexts()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** The points in the address. */
const drawnOn = (page: Page) => pointsOf(valueOf(page, 'points') ?? '-', 1)

/** Clicks on a place of the first picture. */
async function drawAt(page: Page, x: number, y: number): Promise<void> {
  const plane = planes(page).first()
  const size = await plane.evaluate((it) => it.clientWidth)
  await plane.click({ position: { x: (size * (x + 1)) / 2, y: (size * (1 - y)) / 2 } })
}

/** Updates of the page's leaky network, counted here. */
function updatesOf(text: string, k: number, seed: number): number {
  const examples = examplesOf(pointsOf(text, seed))
  if (!examples) throw new Error('both classes have points')
  const training = new Training(problemOf(examples, { k, alpha: 0.1, eta: 10 }, seed, 'leaky ReLU'))
  training.advance(Infinity, () => false)
  return training.updates
}

inBrowser('the separable playground', ({ visit, site }) => {
  test('opens with its result, plays, pauses and steps; its numbers are those of Node', async () => {
    await visit(async ({ page, go }) => {
      site().served.clear()
      await go('#/')
      await page.waitForLoadState('networkidle')
      const own = () => [...site().served.keys()].filter((name) => /separable/.test(name))
      expect(own()).toEqual([])
      await go('#/separable?k=50&seed=3')
      await page.locator('.plane .decision').first().waitFor()
      expect(own().length).toBeGreaterThan(0)
      expect((await counts(page))[0]).toBe(String(updatesOf('gaussians', 50, 3)))
      await page.locator('.widths figure svg').waitFor()
      expect(await page.locator('.verdict[data-status=holds]').count()).toBe(2)
      expect(await axe(page)).toEqual([])

      await press(page, 'to the initialization')
      expect(await counts(page)).toEqual(['0', '0'])
      await press(page, 'Step')
      expect(await counts(page)).toEqual(['1', '1'])
      expect(await page.locator('.network').first().locator('.ring').count()).toBe(1)
      // in the page, as playing ends by itself after some seconds
      await page.evaluate(async () => {
        const [play] = document.querySelectorAll<HTMLButtonElement>('.play-bar button')
        const count = () => document.querySelector('.counter b')?.textContent
        play?.click()
        while (count() === '1') await new Promise(requestAnimationFrame)
        play?.click()
      })
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
      expect(await axe(page)).toEqual([])
      const [at = ''] = await counts(page)
      await page.waitForTimeout(400)
      expect((await counts(page))[0]).toBe(at)
      await press(page, 'Play')
      expect(await axe(page)).toEqual([])
      await press(page, 'to the end')
      await expect
        .poll(async () => (await counts(page))[0])
        .toBe(String(updatesOf('gaussians', 50, 3)))

      // the width leaves the bound where it is
      const bound = page.locator('.counter .allowed').first()
      const number = async () => Number((await bound.innerText()).replaceAll(/\D/g, ''))
      const before = await number()
      await page.locator('#param-k').fill('1000')
      await expect
        .poll(async () => (await counts(page))[0])
        .toBe(String(updatesOf('gaussians', 1000, 3)))
      expect((await number()) / before).toBeCloseTo(1, 1)
    })
  })

  test('Pause answers at once while a wide network trains on points with a small margin', async () => {
    await visit(async ({ page, go }) => {
      await go('#/separable?k=1000&points=small-margin')
      await page.locator('.plane .decision').first().waitFor()
      await press(page, 'to the initialization')
      // in the page, where nothing comes between the clicks; frames, as other programs may run on
      // this core meanwhile ("a tick stops when its time is over" has the length of one)
      const seen = await page.evaluate(async () => {
        const frame = () => new Promise(requestAnimationFrame)
        const [pause, , , end] = document.querySelectorAll<HTMLButtonElement>('.play-bar button')
        const tries: { name: unknown; frames: number }[] = []
        for (let i = 0; i < 12; i++) {
          end?.click()
          await frame()
          await frame()
          const name = pause?.textContent
          pause?.click()
          let frames = 0
          while (pause?.textContent !== 'Play' && frames < 100) {
            await frame()
            frames++
          }
          tries.push({ name, frames })
        }
        return tries
      })
      for (const { name, frames } of seen) {
        expect(name).toBe('Pause')
        expect(frames).toBeLessThanOrEqual(1)
      }
      const at = await counts(page)
      await page.waitForTimeout(200)
      expect(await counts(page)).toEqual(at)
    })
  })

  test('points are drawn, dragged and erased by pointer and by keyboard; the address keeps them', async () => {
    await visit(async ({ page, go }) => {
      await go('#/separable')
      await press(page, 'clear')
      await page.locator('.remark', { hasText: 'both classes' }).waitFor()
      await drawAt(page, 0.5, 0.5)
      await page.getByRole('radio', { name: 'class −1' }).check()
      await drawAt(page, -0.5, -0.5)
      await page.locator('.remark', { hasText: 'Linearly separable' }).waitFor()
      await expect.poll(() => drawnOn(page).length).toBe(2)
      const drawn = valueOf(page, 'points') ?? ''
      expect(pointsOf(drawn, 1).map(({ label }) => label)).toEqual([1, -1])
      const [first] = pointsOf(drawn, 1)
      expect(first?.x).toBeCloseTo(0.5, 1)
      await expect.poll(async () => (await counts(page))[0]).toBe(String(updatesOf(drawn, 100, 1)))

      // a point is dragged
      const point = page.locator('.network').first().locator('.point .plus')
      await point.hover()
      await page.mouse.down()
      const plane = await planes(page).first().boundingBox()
      if (!plane) throw new Error('the picture is there')
      await page.mouse.move(plane.x + plane.width * 0.9, plane.y + plane.height * 0.4, { steps: 3 })
      await page.mouse.up()
      await expect.poll(() => drawnOn(page)[0]?.x).toBeCloseTo(0.8, 1)
      await page.goBack()
      await expect.poll(() => valueOf(page, 'points')).toBe(drawn)

      // by the keyboard: a point of class −1 at the cursor, then the nearest is taken away
      await planes(page).first().focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await expect.poll(() => drawnOn(page)).toContainEqual({ x: 0.05, y: 0, label: -1 })
      await page.keyboard.press('Delete')
      await expect.poll(() => valueOf(page, 'points')).toBe(drawn)
      await page.reload()
      await page.locator('.plane .decision').first().waitFor()
      expect(await page.locator('.network').first().locator('.point').count()).toBe(2)

      // a line of points is painted
      await page.getByRole('radio', { name: 'class +1' }).check()
      const box = await planes(page).first().boundingBox()
      if (!box) throw new Error('the picture is there')
      await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.2 * box.height)
      await page.mouse.down()
      await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.2 * box.height, { steps: 20 })
      await page.mouse.up()
      await expect.poll(() => drawnOn(page).length).toBeGreaterThan(6)
    })
  })

  test('points that no line separates have no bound; files are opened or refused with a reason', async () => {
    await visit(async ({ page, go }) => {
      await go('#/separable?points=xor')
      await page.locator('.remark', { hasText: 'Hypothesis not met' }).waitFor()
      expect(await page.locator('.witness').count()).toBeGreaterThan(3)
      expect(await page.locator('.counter .none').count()).toBe(2)
      await page.locator('.verdict').first().waitFor()
      expect(await page.locator('.verdict[data-status=inapplicable]').count()).toBe(2)
      expect(await page.locator('.widths').count()).toBe(0)
      expect(await axe(page)).toEqual([])
      const input = page.locator('.point-files input')
      const open = (name: string, text: string) =>
        input.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
      await open('bad.csv', 'x,y,label\n1,,a\n2,3,<img src=x onerror=alert(1)>\n')
      expect(await page.getByRole('alert').innerText()).toMatch(/bad\.csv: line 2, column 2/)
      await open('points.csv', csvOfPoints(pointsOf('gaussians', 5)))
      await page.locator('.remark', { hasText: 'Linearly separable' }).waitFor()
      await expect.poll(() => drawnOn(page)).toEqual(pointsOf('gaussians', 5))
      expect(await page.getByRole('alert').count()).toBe(0)
      // a file that is dropped on the page
      const transfer = await page.evaluateHandle(
        (text) => {
          const made = new DataTransfer()
          made.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }))
          return made
        },
        csvOfPoints(pointsOf('moons', 2)),
      )
      await planes(page).first().dispatchEvent('drop', { dataTransfer: transfer })
      await expect.poll(() => drawnOn(page)).toEqual(pointsOf('moons', 2))
      await go('#/separable?points=zzz')
      await page.getByRole('alert').filter({ hasText: 'parameter points' }).waitFor()
    })
  })

  test('on a phone, in the dark, without motion', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/separable?k=2')
        await page.locator('.plane .decision').first().waitFor()
        expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0)
        await press(page, 'Step')
        await press(page, 'Step')
        expect(await counts(page)).toEqual(['1', '1'])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        expect(await axe(page)).toEqual([])
      },
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark', reducedMotion: 'reduce' },
    )
  })
})
