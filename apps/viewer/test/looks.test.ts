import { expect, test } from 'vitest'
import { themes } from '@nonconvex/experiments/figure'
import type { Page } from 'playwright-core'
import { explorers } from '../src/explore/explorers.js'
import { inBrowser } from './in-browser.js'

const spare = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

inBrowser('other looks', ({ visit }) => {
  test('a dark page is printed light, with its values and without what is pressed', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/run/gaussian/escape')
        const paper = () => page.locator('.drawing svg rect').first().getAttribute('fill')
        await expect.poll(paper).toBe(themes.dark.paper)
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
        await expect.poll(paper).toBe(themes.light.paper)
        expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe(
          'rgb(29, 33, 37)',
        )
        await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
        await expect.poll(paper).toBe(themes.dark.paper)

        await go('#/landscape?stride=1&angle=120')
        await page.locator('.timing').waitFor({ state: 'attached' })
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
        expect(await page.locator('.printed').innerText()).toMatch(
          /k = 5; stride = 1; angle = 120; .*seed = 1$/,
        )
        expect(await page.getByRole('button').count()).toBe(0)
        expect(await page.locator('.landscape input').filter({ visible: true }).count()).toBe(0)
      },
      { colorScheme: 'dark' },
    )
  })

  test('no interactive page is wider than its window, on a projector and in forced colors', async () => {
    for (const [viewport, forcedColors] of [
      [{ width: 1920, height: 1080 }, 'none'],
      [{ width: 820, height: 1180 }, 'active'],
    ] as const)
      await visit(
        async ({ page, go }) => {
          for (const { id } of explorers) {
            await go(`#/${id}`)
            await page.locator('.explored > div').first().waitFor({ state: 'attached' })
            expect(await spare(page), `${id}, ${viewport.width} px`).toBe(0)
          }
          // the values of sliders can be told from their tracks
          if (forcedColors === 'active')
            expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(
              true,
            )
        },
        { viewport, forcedColors },
      )
  })
})
