import { readFile } from 'node:fs/promises'
import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { numberText } from '../src/state/text.js'
import { landscape } from '../src/landscape/explorer.js'
import { problemOf } from '../src/landscape/problem.js'
import { parseInitialPoints } from '../src/landscape/initial-points.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import { clickAt, crosshair, nextFrames, pixelsOf, runs, valueOf } from './landscape-reader.js'

/** With the preset the second minimum is there, proved, and starts end there. */
async function overlapAppears(page: Page): Promise<void> {
  const rows = page.locator('.critical-points tbody tr')
  expect(await page.locator('.critical-points').innerText()).not.toContain('local minimum')
  await page.getByRole('button', { name: 'overlap', exact: true }).click()
  const trap = rows.filter({ hasText: 'local minimum' })
  expect(await trap.innerText()).toMatch(/\(0\.6341, −0\.6341\)\s+0\.03794/)
  expect(await trap.innerText()).toContain('proved by interval arithmetic')
  expect((await rows.filter({ hasText: 'saddle' }).allInnerTexts()).join()).toContain(
    'not certified',
  )
  const ends = await runs(page)
  expect(ends.filter((text) => text.includes('the local minimum'))).toHaveLength(3)
  expect(ends.filter((text) => text.includes('the global minimum'))).toHaveLength(1)
  const related = page.locator('.related a').first()
  expect(await related.getAttribute('href')).toContain('#/run/gaussian/overlap-minimum?')
  await related.click()
  await page.locator('.run-bar').waitFor()
}

inBrowser('the landscape', ({ visit, site }) => {
  test('its program comes when it is opened, alone; overlap makes the second minimum appear', async () => {
    await visit(async ({ page, go }) => {
      site().served.clear()
      await go('#/')
      await page.waitForLoadState('networkidle')
      const programs = () =>
        [...site().served.keys()].filter((name) => /(landscape|figure)[^/]*\.js$/.test(name))
      expect(programs()).toEqual([])
      await page.getByRole('link', { name: landscape.name }).click()
      await page.locator('.timing').waitFor()
      expect(programs()).toEqual([expect.stringMatching(/landscape/)])
      expect(await page.locator('.critical-points tbody tr').count()).toBe(3)

      await overlapAppears(page)
    })
  })

  test('a click starts a descent that ends where the library’s ends', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/landscape?k=7&stride=1&angle=120&eta=0.7')
        await page.locator('.timing').waitFor()
        await clickAt(page, { x: 0.8, y: -1 })
        const [text] = await runs(page)
        const at = page.locator('.map canvas.paths')
        // whoever wants no motion has the whole path at once
        const drawn = await pixelsOf(at)
        const [start] = parseInitialPoints(valueOf(page, 'starts') ?? '')
        expect(Math.hypot(start.x - 0.8, start.y + 1)).toBeLessThan(0.01)
        const { teacher, eta } = problemOf({ k: 7, stride: 1, angle: 120, eta: 0.7 })
        const data = Float64Array.of(start.x, start.y)
        const rules = { k: 7, stride: 1, eta, every: 1 }
        const [end] = descendBatch({ rows: 1, cols: 2, data }, teacher, rules).ends
        expect(text).toContain(
          `${end.steps} steps to (${[...end.w].map((t) => numberText(t, 4)).join(', ')})`,
        )
        expect(text).toContain(`loss ${numberText(end.loss, 4)}`)
        await nextFrames(page)
        expect(await pixelsOf(at)).toBe(drawn)
      },
      { reducedMotion: 'reduce' },
    )
  })

  test('random initializations are counted, and cleared; a link restores all', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?stride=1&starts=0.5,0.5')
      const button = page.getByRole('button', { name: /^20 random/ })
      await button.click()
      const counted = async () => (await runs(page))[0]
      expect(await counted()).toMatch(/^\d+ of 20 .*global minimum/)
      expect([valueOf(page, 'random'), valueOf(page, 'seed')]).toEqual(['20', '1'])
      await button.click()
      expect(valueOf(page, 'seed')).not.toBe('1')
      await page.getByRole('button', { name: 'clear' }).click()
      expect(await runs(page)).toEqual([])
      expect([valueOf(page, 'random'), valueOf(page, 'starts')]).toEqual([null, null])

      // a link restores values, starts and seed; reload and back too
      await go('#/landscape?k=9&stride=1&random=5&starts=0.5,0.25,-1,-1&seed=7')
      await page.reload()
      await page.locator('.runs').waitFor()
      const before = await runs(page)
      expect(before).toHaveLength(3)
      expect(before[2]).toContain('From (0.5, 0.25)')
      expect(await page.locator('#param-k').inputValue()).toBe('9')
      await page.getByRole('button', { name: 'reset' }).click()
      expect(await runs(page)).toEqual([])
      await page.goBack()
      expect(await runs(page)).toEqual(before)
    })
  })

  test('while a field is wrong no start is set, and the page says so', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?starts=0.5,0.5')
      await page.locator('.timing').waitFor()
      const before = await runs(page)
      await page.locator('#param-k').fill('abc')
      const remark = page.locator('.beside .remark')
      await expect.poll(() => remark.innerText()).toContain('last valid')
      const random = page.getByRole('button', { name: /^20 random/ })
      expect(await random.isDisabled()).toBe(true)
      await clickAt(page, { x: 0.8, y: -1 })
      expect(await page.locator('.beside > .visually-hidden').innerText()).toBe('')
      await page.locator('#param-k').fill('5')
      await expect.poll(() => remark.innerText()).toBe('')
      expect(await runs(page)).toEqual(before)
      // what the button sets may be wrong: it mends that
      await page.locator('#param-random').fill('many')
      await random.click()
      expect((await runs(page))[0]).toContain('of 20 ')
    })
  })

  test('an address that is no such page gives a readable message', async () => {
    await visit(async ({ page, go }) => {
      for (const [hash, message] of [
        ['#/landscape?starts=1,1,1', '3 numbers'],
        ['#/landscape?starts=0,0', '0,0'],
        ['#/landscape?k=0', 'parameter k: expected a whole number in [1, 50]'],
        ['#/landscap', '#/landscape'],
      ]) {
        await go(hash)
        const alert = page.getByRole('alert')
        expect(await alert.innerText()).toContain(message)
        await alert.getByRole('link').click()
        await alert.waitFor({ state: 'detached' })
      }
    })
  })

  test('the crosshair, a start and the surface work from the keyboard alone', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?stride=1')
      await page.locator('.timing').waitFor()
      await page.locator('#seed').focus()
      for (let i = 0; i < 5; i++) {
        await page.keyboard.press('Tab')
        if (await crosshair(page).evaluate((it) => it === document.activeElement)) break
      }
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      expect(await page.locator('.readout').innerText()).toContain('(0.95, −0.06)')
      const said = page.locator('.beside > .visually-hidden')
      await expect.poll(() => said.innerText()).toMatch(/^w \(0\.95, −0\.06\), loss .*gradient/)
      await page.keyboard.press('Enter')
      expect(valueOf(page, 'starts')).toBe('0.95,-0.06')
      expect(await said.innerText()).toBe((await runs(page))[0])

      // what cannot be started is said where it can be seen
      const remark = page.locator('.beside .remark')
      await page.keyboard.press('Enter')
      await expect.poll(() => remark.innerText()).not.toBe('')
      expect(valueOf(page, 'starts')).toBe('0.95,-0.06')
      await page.keyboard.press('Shift+ArrowUp')
      await expect.poll(() => remark.innerText()).toBe('')
      for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowUp')
      for (let i = 0; i < 19; i++) await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
      await expect.poll(() => remark.innerText()).toContain('origin')

      await page.locator('#param-shown').selectOption('surface')
      const surface = page.locator('.surface canvas')
      const before = await pixelsOf(surface)
      await surface.focus()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => pixelsOf(surface)).not.toBe(before)
    })
  })

  test('every step of a slider draws anew, and the page says how long that takes', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?stride=1&starts=0.9,0.3')
      await page.locator('.timing').waitFor()
      const slider = page.locator('.field:has(#param-angle) .slider')
      await slider.focus()
      const ground = page.locator('.map canvas.loss')
      const number = async (name: string) =>
        Number(await page.locator('.timing').getAttribute(name))
      const [count, picture] = [await number('data-redraws'), await pixelsOf(ground)]
      const times: number[] = []
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press('ArrowRight')
        times.push(await number('data-milliseconds'))
      }
      await expect.poll(() => number('data-redraws')).toBe(count + 20)
      expect(await pixelsOf(ground)).not.toBe(picture)
      times.sort((a, b) => a - b)
      console.log(
        `landscape: redrawn in ${times[0]} to ${times.at(-1)} ms, half of them within ${times[10]} ms`,
      )
    })
  })

  test('many long descents follow the slider, they do not hold it', async () => {
    await visit(async ({ page, go }) => {
      await go('#/landscape?k=50&stride=1&angle=45&eta=0.1&random=100')
      // the loss is drawn first, and the page says that the descents came after it
      const later = page.locator('.timing', { hasText: / \d+ ms later/ })
      await later.waitFor()
      await page.locator('.field:has(#param-angle) .slider').press('ArrowRight')
      await page.locator('.timing[data-redraws="2"]').waitFor()
      await later.waitFor()
      expect(await runs(page)).toEqual([expect.stringMatching(/^\d+ of 100 .*global minimum/)])
    })
  })

  test('what is taken away is a valid picture', async () => {
    await visit(async ({ page, go }) => {
      for (const shown of ['contours', 'surface']) {
        await go(`#/landscape?stride=1&shown=${shown}&starts=0.9,0.3`)
        const save = async (name: string) => {
          const download = page.waitForEvent('download')
          await page.getByRole('button', { name, exact: true }).click()
          return readFile(await (await download).path())
        }
        const svg = (await save('SVG')).toString()
        expect(svg).toMatch(/^<svg xmlns=.*<\/svg>\s*$/s)
        expect(svg).toContain('>local minimum</text>')
        if (shown === 'surface') {
          const surface = page.locator('.surface canvas')
          for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp']) await surface.press(key)
          expect((await save('SVG')).toString()).not.toBe(svg)
        }
        expect((await save('PNG')).subarray(1, 4).toString()).toBe('PNG')
      }
    })
  })

  test('axe finds nothing, light and dark', async () => {
    await visit(async ({ page, go }) => {
      for (const [shown, colorScheme] of [
        ['contours', 'light'],
        ['surface', 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await go(`#/landscape?stride=1&random=20&shown=${shown}&starts=0.9,0.3`)
        await page.locator('.timing').waitFor()
        expect(await axe(page)).toEqual([])
      }
    })
  })

  test('is as wide as a small phone', async () => {
    await visit(
      async ({ page, go }) => {
        for (const shown of ['contours', 'surface']) {
          await go(`#/landscape?stride=1&random=20&shown=${shown}&starts=0.9,0.3`)
          await page.locator('.timing').waitFor()
          await page.locator('.katex').first().waitFor()
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(
            0,
          )
          const canvas = page.locator('.picture canvas').first()
          const [seen, drawn] = await canvas.evaluate((it) => [
            it.clientWidth,
            (it as HTMLCanvasElement).width,
          ])
          expect(seen).toBeGreaterThan(300)
          // as sharp as the screen
          expect(drawn).toBe(2 * seen)
        }
      },
      { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
    )
  })
})
