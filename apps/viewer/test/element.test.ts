import { readdir, readFile } from 'node:fs/promises'
import type { Result } from '@nonconvex/experiments'
import { themes } from '@nonconvex/experiments/figure'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

const dist = new URL('../dist/', import.meta.url)
const figure = (page: Page) => page.locator('nonconvex-figure')
const drawn = (page: Page) => figure(page).locator('svg')
const paper = (page: Page) => drawn(page).locator('rect').first().getAttribute('fill')

inBrowser('<nonconvex-figure>', ({ visit, site }) => {
  const open = async (page: Page) => {
    await page.goto(site().address.replace('index.html', 'embed/index.html'))
    await drawn(page).waitFor()
  }

  test('draws a figure of its document in a page of its own, light, dark, at any width', async () => {
    const text = await readFile(new URL('embed/escape.json', dist), 'utf8')
    const { figures } = JSON.parse(text) as Result
    await visit(async ({ page }) => {
      site().served.clear()
      await open(page)
      // one script, and what the page itself names
      expect([...site().served.keys()].map((name) => name.split('/').at(-1)).sort()).toEqual(
        expect.arrayContaining(['escape.json', 'example.css', 'index.html', 'nonconvex-figure.js']),
      )
      expect([...site().served.keys()].filter((name) => name.endsWith('.js'))).toHaveLength(1)
      expect(site().served.get('embed/nonconvex-figure.js')?.gzip).toBeLessThan(140_000)
      expect(await drawn(page).getAttribute('aria-label')).toBe(figures[0]?.title)
      expect(await paper(page)).toBe(themes.light.paper)
      expect(await axe(page)).toEqual([])
      const wide = await drawn(page).getAttribute('viewBox')

      await page.emulateMedia({ colorScheme: 'dark' })
      await expect.poll(() => paper(page)).toBe(themes.dark.paper)
      await figure(page).evaluate((it) => it.setAttribute('theme', 'light'))
      await expect.poll(() => paper(page)).toBe(themes.light.paper)

      await page.setViewportSize({ width: 360, height: 740 })
      await expect.poll(() => drawn(page).getAttribute('viewBox')).not.toBe(wide)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    })
  })

  test('reads a packed document, and takes one from a script', async () => {
    const packed = (await readdir(new URL('assets/', dist))).find((name) =>
      /^overparam-memorize.*\.gz$/.test(name),
    )
    await visit(async ({ page }) => {
      await open(page)
      const before = await drawn(page).getAttribute('aria-label')
      await figure(page).evaluate((it, address) => {
        it.removeAttribute('figure')
        it.setAttribute('src', address)
      }, `../assets/${packed}`)
      await expect.poll(() => drawn(page).getAttribute('aria-label')).not.toBe(before)
      await figure(page).evaluate(async (it) => {
        const response = await fetch('escape.json')
        Object.assign(it, { result: (await response.json()) as unknown })
      })
      await expect.poll(() => drawn(page).getAttribute('aria-label')).toBe(before)
    })
  })

  test('says what is wrong in its place', async () => {
    await visit(async ({ page }) => {
      await open(page)
      const alert = figure(page).getByRole('alert')
      const errors = figure(page).evaluateHandle((it) => {
        const seen: string[] = []
        it.addEventListener('error', () => seen.push('error'))
        return seen
      })
      const seen = await errors
      await figure(page).evaluate((it) => it.setAttribute('figure', 'none'))
      await expect.poll(() => alert.innerText()).toContain('expected one of "escape", got "none"')
      await figure(page).evaluate((it) => it.setAttribute('src', 'example.css'))
      await expect.poll(() => alert.innerText()).toContain('example.css: ')
      expect(await seen.evaluate((all) => all.length)).toBe(2)
      await figure(page).evaluate((it) => {
        it.setAttribute('figure', 'escape')
        it.setAttribute('src', 'escape.json')
      })
      await drawn(page).waitFor()
      expect(await alert.count()).toBe(0)
    })
  })
})
