import { readFile } from 'node:fs/promises'
import { findExperiment } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import golden from '../../../packages/experiments/test/golden.json' with { type: 'json' }
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

inBrowser('live', ({ visit, site }) => {
  test('a page opens with the golden result, follows its sliders, and keeps results', async () => {
    await visit(async ({ page, go, result }) => {
      await go('#/')
      const marks = page.getByRole('main').locator('.claims .mark.holds')
      expect(await marks.count()).toBeGreaterThan(20)
      await go('#/run/gaussian/landscape')
      await page.locator('figure svg').first().waitFor()
      const { digest } = await result()
      expect(digest).toBe(golden['gaussian/landscape'])
      expect(await page.locator('.stored').count()).toBe(1)
      expect(await page.locator('.presets [aria-pressed=true]').innerText()).toBe('quick')

      // no Run: the picture follows
      const slider = page.locator('.slider').first()
      await slider.focus()
      await page.keyboard.press('ArrowRight')
      await page.locator('.progress', { hasText: /^\d+ cells?, seed 1/ }).waitFor()
      expect(await page.locator('.stale').count()).toBe(0)
      const second = await result()
      expect(second.digest).not.toBe(digest)
      await page.reload()
      await page.locator('.progress', { hasText: /^\d+ cells?, seed 1/ }).waitFor()
      expect((await result()).digest).toBe(second.digest)
      expect(await axe(page)).toEqual([])
    })
  })

  test('values that take long mark the picture; a second run waits; axe finds nothing meanwhile', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/run/overparam/mnist')
        await page.locator('.stored').waitFor()
        await page.getByRole('button', { name: 'full' }).click()
        expect(await page.locator('.stale').innerText()).toMatch(/^Out of date/)
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await page.locator('.progress', { hasText: /left$/ }).waitFor()
        expect(await axe(page)).toEqual([])
        await page.getByRole('link', { name: findExperiment('gaussian/hardness').name }).click()
        await page.locator('.stored').waitFor()
        expect(await axe(page)).toEqual([])
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await page.locator('.progress', { hasText: /^waiting for/ }).waitFor()
        await page.getByRole('link', { name: findExperiment('overparam/mnist').name }).click()
        await page.getByRole('button', { name: 'Stop' }).click()
        await page.locator('.progress', { hasText: /^stopped/ }).waitFor()
        // what was waiting has begun
        await page.getByRole('link', { name: findExperiment('gaussian/hardness').name }).click()
        await page.locator('.progress', { hasText: /^(cell|\d+ cells)/ }).waitFor()
      },
      { colorScheme: 'dark' },
    )
  })

  test('who clicks on Run while a link computes does not stop it', async () => {
    await visit(async ({ page, go, finished }) => {
      await go('#/run/gaussian/overlap-minimum')
      await page.locator('.stored').waitFor()
      const run = page.getByRole('button', { name: 'Run', exact: true })
      const { x = 0, y = 0 } = (await run.boundingBox()) ?? {}
      await go('#/run/gaussian/overlap-minimum?seed=4')
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      await page.mouse.click(x + 10, y + 10)
      await finished()
      expect(await page.locator('.progress').innerText()).toContain('seed 4')
    })
  })

  test('works where storage is forbidden, and after a worker has crashed', async () => {
    await visit(async ({ page, go, finished }) => {
      await page.addInitScript(() => {
        Object.defineProperty(window, 'indexedDB', {
          get: () => {
            throw new DOMException('forbidden', 'SecurityError')
          },
        })
        const Whole = Worker
        let crashes = 1
        Object.assign(window, {
          Worker: class extends Whole {
            override postMessage(message: unknown, ...rest: []) {
              const text = JSON.stringify(message)
              if (text.includes('"run"') && crashes-- > 0)
                this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))
              else super.postMessage(message, ...rest)
            }
          },
        })
      })
      await go('#/run/gaussian/no-overlap')
      await page.locator('.stored').waitFor()
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      expect(await page.getByRole('alert').innerText()).toMatch(/out of memory[^]*reload the page/)
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await finished()
    })
  })

  test('an embedded picture fits its frame', async () => {
    await visit(
      async ({ page, go }) => {
        for (const [hash, picture] of [
          ['#/run/gaussian/escape?embed=1', 'figure svg, .drawing svg'],
          ['#/landscape?embed=1', '.map canvas'],
        ] as const) {
          await go(hash)
          const box = await page.locator(picture).first().boundingBox()
          expect(box).toMatchObject({ x: expect.any(Number) as number })
          expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(480)
          expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(640)
          expect(await page.locator('nav, form').count()).toBe(0)
          expect(await axe(page)).toEqual([])
        }
      },
      { viewport: { width: 640, height: 480 } },
    )
  })

  test('works without a network after the first visit', async () => {
    await visit(
      async ({ page, go, finished }) => {
        await go('#/')
        await page.evaluate(async () => {
          await navigator.serviceWorker.ready
        })
        await expect
          .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
          .toBe(true)
        await page.context().setOffline(true)
        await page.getByRole('main').locator('.claims a[href="#/run/gaussian/escape"]').click()
        await page.locator('figure svg').first().waitFor()
        await page.getByRole('button', { name: 'Run', exact: true }).click()
        await finished()
        await page.reload()
        await page.locator('figure svg').first().waitFor()
        await go('#/landscape')
        await page.locator('.timing').waitFor()
      },
      { serviceWorkers: 'allow' },
    )
  })

  test('the file itself says why it shows nothing', async () => {
    await visit(async ({ page, complaints }) => {
      await page.goto(new URL('../dist/index.html', import.meta.url).href)
      expect(await page.locator('body').innerText()).toContain('nonconvex view')
      // the browser says what it does not load
      complaints.length = 0
    })
  })

  test('on a laptop every entry of the list can be reached', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/run/structured/attention')
        const list = page.locator('.contents details')
        const here = await page.locator('.contents [aria-current=page]').boundingBox()
        expect((here?.y ?? 0) + (here?.height ?? 0)).toBeLessThanOrEqual(657)
        await list.evaluate((it) => {
          it.scrollTop = it.scrollHeight
        })
        const last = await page.locator('.contents .all').boundingBox()
        expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(657)
      },
      { viewport: { width: 1366, height: 657 } },
    )
    const kept = await readFile(new URL('../dist/service-worker.js', import.meta.url), 'utf8')
    const brought = [...site().served.keys()].filter((name) => name !== 'service-worker.js')
    expect(brought.filter((name) => !kept.includes(name))).toEqual([])
  })
})
