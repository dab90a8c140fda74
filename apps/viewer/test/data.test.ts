import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import golden from '../../cli/test/fit-golden.json' with { type: 'json' }
import { digestsOf } from '../src/data/digests.fixture.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

const give = (page: Page, name: string, content: string | Buffer) =>
  page
    .locator('.source-field input')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

const fact = (page: Page, name: string) =>
  page.locator('.data-facts > div', { hasText: new RegExp(`^${name}`) }).locator('dd')

async function downloaded(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name, exact: true }).click()
  return readFile(await (await download).path())
}

inBrowser('own data', ({ visit, site }) => {
  test('opens with an example; a file gives the model of the command line and sends nothing', async () => {
    await visit(async ({ page, go }) => {
      const { k, bias, seed, positive } = golden.options
      await go('#/data')
      await page.locator('.data-facts').waitFor()
      expect(await fact(page, 'Separable').innerText()).toMatch(/^yes/)
      expect(await axe(page)).toEqual([])
      await go(`#/data?k=${k}&bias=${bias}&positive=${positive[0]}&seed=${seed}`)
      // a reload forgets the file, which is nowhere but in the page
      await page.locator('.data-facts').waitFor()
      site().served.clear()
      const flowers = new URL('../../cli/examples/flowers.csv', import.meta.url)
      const requests: string[] = []
      page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
      await give(page, golden.file, await readFile(flowers))
      await page.locator('.data-facts', { hasText: '180' }).waitFor()
      expect(requests.filter((each) => !/^GET (http.*\.(js|wasm|css)|blob:)/.test(each))).toEqual(
        [],
      )
      expect(await page.locator('.verdict[data-status=holds]').count()).toBeGreaterThan(5)
      const text = String(await downloaded(page, 'JSON'))
      const zip = unzipSync(await downloaded(page, 'model folder (zip)'))
      expect(Object.keys(zip)).toEqual([
        'flowers-model/model.json',
        'flowers-model/weights.safetensors',
      ])
      const [model, weights] = Object.values(zip)
      if (!model || !weights) throw new Error('the zip has both files')
      expect(strFromU8(model)).toBe(text)
      expect(digestsOf(text, weights)).toEqual({
        document: golden.document,
        arrays: golden.arrays,
      })
      expect(await axe(page)).toEqual([])
    })
  })

  test('what cannot be read is refused with place and remedy, and markup stays text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nonconvex-data-'))
    try {
      await visit(async ({ page, go }) => {
        await go('#/data?k=5')
        await page.locator('.data-facts').waitFor()
        const alert = page.getByRole('alert')
        await give(page, 'cells.csv', 'a,b,label\n1,2,x\n1,,y\n')
        await alert.filter({ hasText: 'cells.csv: line 3, column 2 ("b")' }).waitFor()
        expect(await axe(page)).toEqual([])

        // 200 MB are refused before they are read, and the page stays alive
        const path = join(folder, 'large.csv')
        const file = await open(path, 'w')
        await file.truncate(200e6)
        await file.close()
        await page.locator('.source-field input').setInputFiles(path)
        await alert.filter({ hasText: /at most 64 MB.*got 200 MB.*command line/ }).waitFor()

        const markup = '<img src=x onerror=alert(1)>'
        await give(page, 'quotes.csv', `"a, b",c,label\n1,2,"${markup}"\n3,-1,"say ""no"""\n`)
        await page.locator('.data-facts', { hasText: markup }).waitFor()
        expect(await page.locator('.data-facts').innerText()).toContain('say "no"')
        expect(await page.locator('img').count()).toBe(0)

        await page.getByText('Paste a text').click()
        await page.locator('textarea').fill('a,label\n1,x\n2,y\n3,z\n')
        await page.getByRole('button', { name: 'use this text' }).click()
        await alert.filter({ hasText: /third.*"z" on line 4/ }).waitFor()
        await page.locator('#param-positive').fill('z')
        await page.locator('#param-positive').blur()
        await page.locator('.data-facts', { hasText: 'not z' }).waitFor()
        await page.locator('textarea').fill('+1 1:1 3:2\n-1 2:1\n+1 1:2\n')
        await page.locator('#param-positive').fill('auto')
        await page.locator('#param-positive').blur()
        await page.getByRole('button', { name: 'use this text' }).click()
        await page.locator('.data-facts', { hasText: '3 features' }).waitFor()
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('Stop answers at once; on a phone, in the dark', async () => {
    await visit(
      async ({ page, go }) => {
        await go('#/data?k=5')
        await page.locator('.data-facts').waitFor()
        // random labels: all of the budget is used
        const rows = Array.from(
          { length: 20_000 },
          (_, i) => `${Math.sin(i)},${i % 17},${(i * i) % 3 > 0 ? 'a' : 'b'}`,
        )
        await give(page, 'long.csv', ['x,y,label', ...rows].join('\n'))
        await page.locator('.remark', { hasText: /Training|Deciding|Reading/ }).waitFor()
        expect(await axe(page)).toEqual([])
        // in the page, where nothing comes between the click and the answer
        const took = await page.evaluate(async () => {
          const stop = [...document.querySelectorAll('button')].find(
            ({ textContent }) => textContent === 'Stop',
          )
          const begun = performance.now()
          stop?.click()
          const stopped = () => document.querySelector('.remark')?.textContent.includes('Stopped')
          while (stopped() !== true) await new Promise((resolve) => setTimeout(resolve, 1))
          return performance.now() - begun
        })
        expect(took).toBeLessThan(1000)
        const workers = () =>
          page.workers().filter((worker) => worker.url().includes('data.worker'))
        await expect.poll(() => workers().length).toBe(0)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      },
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
    )
  })
})
