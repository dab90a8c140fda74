import { readFile } from 'node:fs/promises'
import { experiments, findExperiment, parseResult } from '@nonconvex/experiments'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'
import type { Reader } from './reader.js'

const first = findExperiment('gaussian/no-overlap')

async function runQuick({ page, go, finished }: Reader, id = first.id): Promise<void> {
  await go(`#/run/${id}`)
  await page.getByRole('button', { name: 'quick' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await finished()
}

/** A whole-number parameter of the first experiment, and a value that is not its default. */
function someParam(): { name: string; value: number; max: number } {
  for (const [name, param] of Object.entries(first.params.fields))
    if (param.kind === 'integer' && param.max > param.min)
      return {
        name,
        value: param.default === param.min ? param.min + 1 : param.min,
        max: param.max,
      }
  throw new Error('no whole-number parameter')
}

inBrowser('the page', ({ visit }) => {
  test('a link restores values and seed; reload, back and forward too', async () => {
    const { name, value } = someParam()
    await visit(async ({ page, go }) => {
      const field = page.locator(`#param-${name}`)
      const seed = page.locator('#seed')
      await go(`#/run/${first.id}?${name}=${value}&seed=7`)
      await page.reload()
      expect([await field.inputValue(), await seed.inputValue()]).toEqual([String(value), '7'])

      await page.getByRole('button', { name: 'reset' }).click()
      expect(await field.inputValue()).toBe(String(first.params.fields[name]?.default))
      expect(new URL(page.url()).hash).toBe(`#/run/${first.id}?seed=7`)
      await page.goBack()
      expect(await field.inputValue()).toBe(String(value))
      await page.goForward()
      expect(await field.inputValue()).toBe(String(first.params.fields[name]?.default))
    })
  })

  test('what is typed goes into the address', async () => {
    const { name, value } = someParam()
    await visit(async ({ page, go }) => {
      await go(`#/run/${first.id}?seed=1`)
      await page.locator(`#param-${name}`).fill(String(value))
      await page.locator('#seed').fill('42')
      await page.locator('#seed').blur()
      expect(new URL(page.url()).hash).toBe(`#/run/${first.id}?${name}=${value}&seed=42`)
    })
  })

  test('a wrong value is said at its field, and Run leads there', async () => {
    const { name, max } = someParam()
    await visit(async ({ page, go }) => {
      await go(`#/run/${first.id}`)
      const field = page.locator(`#param-${name}`)
      await field.fill(String(max + 1))
      expect(await page.locator(`#param-${name}-error`).innerText()).toContain('Expected')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
      expect(await page.locator('.progress').innerText()).toMatch(/^stored/)
    })
  })

  test.for([
    ['#/run/gaussian/no-overlp', 'gaussian/no-overlap'],
    [`#/run/${first.id}?nothing=1`, '"nothing"'],
    [`#/run/${first.id}?seed=none`, 'seed: expected'],
    [`#/run/${first.id}?k=1e9`, 'parameter k: expected'],
    ['#/run/overparam/mnist?positive=1&negative=1&n=100', 'got 1 '],
    ['#/elsewhere', 'expected #/run/'],
    ['#/run/<img src=x onerror=alert(1)>', '<img src=x'],
  ])('the address %s gives a readable message', async ([hash = '', message = '']) => {
    await visit(async ({ page, go }) => {
      await go(hash)
      const alert = page.getByRole('alert')
      expect(await alert.innerText()).toContain('address')
      expect(await alert.innerText()).toContain(message)
      await alert.getByRole('link').click()
      await alert.waitFor({ state: 'detached' })
    })
  })

  test('a run that fails says why and what to do, and the page can run again', async () => {
    await visit(async ({ page, go, finished }) => {
      // a link is computed when it is opened
      await go('#/run/overparam/mnist?positive=1&negative=3&n=5000')
      const said = await page.getByRole('alert').innerText()
      expect(said).toContain('got 5000')
      await page.locator('#param-n').fill('100')
      await page.locator('#param-k').fill('1')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
      expect(await page.getByRole('alert').count()).toBe(0)
    })
  })

  test('works from the keyboard alone', async () => {
    await visit(async ({ page, go, finished }) => {
      await go(`#/run/${first.id}`)
      const press = async (key: string, until: string) => {
        for (let i = 0; i < 60; i++) {
          await page.keyboard.press(key)
          if (await page.locator(until).evaluate((e) => e === document.activeElement)) return
        }
        throw new Error(`the keyboard does not reach ${until}`)
      }
      // past the list of theorems, which is longer than anybody presses through
      await press('Tab', '.skip')
      await page.keyboard.press('Enter')
      await press('Tab', '.slider >> nth=0')
      const field = page.locator('.field:has(.slider) input[type=text] >> nth=0')
      const before = await field.inputValue()
      await page.keyboard.press('ArrowRight')
      expect(await field.inputValue()).not.toBe(before)
      await press('Shift+Tab', '.presets button >> nth=0')
      await page.keyboard.press('Enter')
      await press('Tab', '.strong')
      await page.keyboard.press('Enter')
      await finished()
      expect(await page.locator('.outcome [role=status]').first().innerText()).toMatch(/^Done: /)
    })
  })

  test('exports are valid files', async () => {
    await visit(async (reader) => {
      await runQuick(reader)
      const save = async (name: string) => {
        const download = reader.page.waitForEvent('download')
        await reader.page.getByRole('button', { name, exact: true }).first().click()
        return readFile(await (await download).path())
      }
      expect(parseResult((await save('JSON')).toString(), 'export').status).toBe('complete')
      expect((await save('SVG')).toString()).toMatch(/^<svg xmlns=.*<\/svg>\s*$/s)
      expect((await save('PNG')).subarray(1, 4).toString()).toBe('PNG')
      expect((await save('CSV')).toString()).toMatch(/^\S+(,\S+)*\r\n/)
    })
  })

  test('axe sees what is wrong', async () => {
    await visit(async ({ page, go }) => {
      await go('#/')
      await page.locator('main').evaluate((main) => main.append(document.createElement('input')))
      expect(await axe(page)).toEqual([expect.stringMatching(/^label: input: /)])
    })
  })

  test.for(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    await visit(
      async (reader) => {
        await reader.go('#/')
        expect(await axe(reader.page)).toEqual([])
        await reader.go('#/run/nowhere')
        expect(await axe(reader.page)).toEqual([])
        await runQuick(reader)
        await reader.page.locator('.outcome details').evaluateAll((all) => {
          for (const details of all) details.setAttribute('open', '')
        })
        expect(await axe(reader.page)).toEqual([])
      },
      { colorScheme },
    )
  })

  test('a formula that scrolls once the window is narrow can be reached by the keyboard', async () => {
    await visit(async ({ page, go }) => {
      await go('#/run/structured/demo')
      const formula = page.locator('.claim .tex.display')
      await formula.locator('.katex').first().waitFor()
      expect(await formula.getAttribute('tabindex')).toBe(null)
      await page.setViewportSize({ width: 390, height: 740 })
      await expect.poll(() => formula.getAttribute('tabindex')).toBe('0')
      expect(await axe(page)).toEqual([])
    })
  })

  test('is as wide as a small phone, on every page', async () => {
    await visit(
      async (reader) => {
        const { page, go } = reader
        const spare = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        await go('#/')
        expect(await spare()).toBe(0)
        for (const { id } of experiments) {
          await go(`#/run/${id}`)
          await page.locator('.katex').first().waitFor()
          expect([id, await spare()]).toEqual([id, 0])
        }
        await runQuick(reader)
        await page.locator('figure svg').first().waitFor()
        expect(await spare()).toBe(0)
      },
      { viewport: { width: 360, height: 740 } },
    )
  })

  test('on a phone, who starts a run is led to what happens and stays there while it grows', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/run/overparam/mnist')
        await page.getByRole('button', { name: 'quick' }).click()
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await page.locator('figure svg').nth(1).waitFor()
        const top = () =>
          page.locator('.summary').evaluate((summary) => summary.getBoundingClientRect().top)
        await expect.poll(top).toBeGreaterThanOrEqual(0)
        expect(await top()).toBeLessThan(100)
        await page.getByRole('button', { name: 'Stop' }).click()
      },
      { viewport: { width: 360, height: 740 } },
    )
  })

  test('the type of a figure is as large as small print at any width', async () => {
    await visit(async (reader) => {
      const { page } = reader
      await runQuick(reader)
      await page.locator('figure svg').first().waitFor()
      for (const width of [360, 1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 900 })
        // the figure may be drawn anew for this width
        await expect
          .poll(() => inRem(page), { message: `${width} px` })
          .toSatisfy((size: number) => size > 0.76 && size < 0.9)
      }
    })
  })
})

/** The type of the first figure in units of the page's. */
const inRem = (page: Page): Promise<number> =>
  page
    .locator('figure svg')
    .first()
    .evaluate((svg) => {
      const text = svg.querySelector('text')
      if (!(svg instanceof SVGSVGElement) || !text) throw new Error('no text in the figure')
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
      const pixels = (of: Element) => parseFloat(getComputedStyle(of).fontSize)
      return (scale * pixels(text)) / pixels(document.documentElement)
    })
