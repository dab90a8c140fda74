import { expect, test } from 'vitest'
import { talkPages } from '../src/lecture/pages.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

inBrowser('a lecture', ({ visit }) => {
  test('is walked by keys, keeps what is changed, and Escape leaves it', async () => {
    await visit(
      async ({ page, go }) => {
        const hash = () => page.evaluate(() => location.hash)
        await go('#/')
        await page.getByRole('main').getByRole('link', { name: 'Lecture' }).click()
        expect(await page.locator('.count').innerText()).toBe(`1 of ${talkPages.length}`)
        await page.locator('.bars').first().waitFor()
        expect(await page.locator('.form').first().isVisible()).toBe(false)
        // a bar uses the arrow keys; PageDown walks from there, too
        await page.getByRole('slider').first().press('ArrowUp')
        await expect.poll(hash).toContain('pages=filter?teacher=')
        await page.keyboard.press('PageDown')
        await expect.poll(hash).toContain('at=2')
        await page.locator('.map canvas').first().waitFor()
        const { y = 0, height = 0 } = (await page.locator('.map').boundingBox()) ?? {}
        expect(y + height).toBeLessThan(657)
        expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
        await page.keyboard.press('ArrowRight')
        await page.locator('figure svg').first().waitFor()
        const picture = await page.locator('figure svg').first().boundingBox()
        expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThan(657)
        expect(await axe(page)).toEqual([])
        await page.keyboard.press('ArrowLeft')
        await page.keyboard.press('PageUp')
        await expect.poll(hash).toMatch(/^#\/lecture\?pages=filter\?teacher=[^&]+$/)
        await page.keyboard.press('Escape')
        await expect.poll(hash).toMatch(/^#\/filter\?teacher=/)
        expect(await page.locator('.contents').count()).toBe(1)
      },
      { viewport: { width: 1366, height: 657 } },
    )
  })

  test('predict first: the verdict comes with the next key', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/lecture?pages=run/gaussian/escape,budget&predict=1')
        const verdicts = page.getByRole('list', { name: 'Verdicts' })
        await page.locator('figure').first().waitFor({ state: 'attached' })
        expect(await verdicts.count()).toBe(0)
        expect(await axe(page)).toEqual([])
        await page.keyboard.press('PageDown')
        await verdicts.waitFor()
        await page.keyboard.press('PageDown')
        await page.locator('.water').waitFor()
        expect(await page.locator('.sums').isVisible()).toBe(false)
        await page.getByRole('button', { name: 'Reveal' }).click()
        expect(await page.locator('.sums').isVisible()).toBe(true)
        await page.getByRole('button', { name: 'form' }).click()
        expect(await page.locator('#param-z').isVisible()).toBe(true)
      },
      { colorScheme: 'dark' },
    )
  })

  test('the list is changed in the page, and a code brings a page to phones', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/lecture?at=3')
        await page.getByRole('button', { name: 'pages', exact: true }).click()
        const text = page.getByRole('textbox')
        await text.fill('filter\nhttps://example.org/#/nowhere')
        await page.getByRole('button', { name: 'Use these pages' }).click()
        expect(await page.locator('dialog [role=alert]').innerText()).toContain('page 2')
        await text.fill('filter\nhttps://example.org/#/budget?z=2&seed=1')
        expect(await axe(page)).toEqual([])
        await page.getByRole('button', { name: 'Use these pages' }).click()
        await expect.poll(() => page.locator('.count').innerText()).toBe('1 of 2')
        await page.getByRole('button', { name: 'QR code' }).click()
        const code = page.locator('.qr svg')
        await code.waitFor()
        expect(await code.getAttribute('aria-label')).toMatch(/#\/filter\?seed=1$/)
        expect(await page.locator('.qr .note').count()).toBe(1)
        expect(await axe(page)).toEqual([])
        // closes the code, not the lecture
        await page.keyboard.press('Escape')
        await code.waitFor({ state: 'hidden' })
        expect(await page.evaluate(() => location.hash)).toContain('#/lecture')
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      },
      { viewport: { width: 360, height: 740 } },
    )
  })
})
