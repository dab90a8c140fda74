import { mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { experiments, resultJsonSchema, type Result } from '@nonconvex/experiments'
import { Ajv } from 'ajv'
import type { Browser } from 'playwright-core'
import { describeInChromium } from '@tooling/vitest/requires'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage } from './browser.js'
import { cli, lasting } from './harness.js'
import { installedCopy } from './installed.js'
import { program } from './program.js'

const home = mkdtempSync(join(tmpdir(), 'nonconvex-report-'))
const folder = join(home, 'a report')
const page = join(folder, 'index.html')
const ids = ['gaussian/no-overlap', 'gaussian/landscape', 'gaussian/gd-rate', 'overparam/updates']

beforeAll(async () => {
  const only = ids.flatMap((id) => ['--only', id])
  const launcher = installedCopy(home)
  const run = await program(['reproduce', '--quick', '--out', folder, ...only], { launcher })
  expect(run.err).not.toMatch(/nonconvex:/)
  expect(run).toMatchObject({ status: 0 })
  expect(run.out).toMatch(/^\d+ claims hold, 0 violated[^\n]*\n[^\n]*index\.html\n$/)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the report as a file', () => {
  it.each(ids)('has valid results: %s, the same bytes as without threads, holds', async (id) => {
    const text = readFileSync(join(folder, 'results', id, 'result.json'), 'utf8')
    const result = JSON.parse(text) as Result
    const validate = new Ajv({ strict: false }).compile(resultJsonSchema)
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
    expect(result.verdicts.map(({ status }) => status)).toEqual(result.verdicts.map(() => 'holds'))
    const alone = await cli(['run', id, '--quick', '--json', '--quiet'], { experiments })
    expect(lasting(alone.out)).toBe(lasting(text))
  })

  it('has every file that it links to, and links to every file', () => {
    const html = readFileSync(page, 'utf8')
    const links = [...html.matchAll(/href="([^"#][^"]*)"/g)].map(([, link]) => link)
    const data = links.filter((link) => link.startsWith('results/'))
    for (const link of data) expect(existsSync(join(folder, link)), link).toBe(true)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(json|csv|parquet|svg|png|py|claims)$/.test(name),
    )
    expect([...data].sort()).toEqual(files.filter((name) => name.startsWith('results')).sort())
  })

  it('fetches nothing and runs nothing', () => {
    const html = readFileSync(page, 'utf8')
    expect(html).not.toMatch(
      /<script|<link rel="stylesheet"|@import|src="http|url\((?!data:|#|'?#)/,
    )
  })

  it('is verified with the command that it prints', async () => {
    const html = readFileSync(page, 'utf8')
    const commands = [...html.matchAll(/^nonconvex (verify [^<\n]+)/gm)].map(([, line]) => line)
    expect(commands).toHaveLength(ids.length)
    const launcher = join(home, 'node_modules', 'nonconvex', 'bin', 'nonconvex.js')
    const first = commands[0].split(' ')
    expect(await program(first, { launcher, cwd: folder })).toMatchObject({ status: 0 })
  })
})

describeInChromium('the report in Chromium', () => {
  let browser: Browser
  /** the page as it is opened, for tests that only look at it */
  let opened: Awaited<ReturnType<typeof openPage>>
  beforeAll(async () => {
    browser = await openBrowser()
    opened = await openPage(browser, url())
  })
  afterAll(() => browser.close())
  const url = () => pathToFileURL(page).href

  it('opens without a request, an error or a warning; theorems, status and numbers are on the first screen', async () => {
    const { page, complaints } = opened
    for (const id of ids) {
      const row = page.locator('.ledger tbody', { hasText: id })
      const box = await row.boundingBox()
      expect(box && box.y + box.height, id).toBeLessThan(900)
      expect(await row.locator('.mark').first().textContent()).toBe('holds')
      expect(await row.locator('.claim span').first().textContent()).toMatch(/\d/)
    }
    expect(complaints).toEqual([])
  })

  it('says in sight that the bars are logarithmic, on a wide window and on a phone', async () => {
    await opened.page
      .getByText('log scale')
      .locator('visible=true')
      .first()
      .waitFor({ timeout: 2000 })
    const phone = await openPage(browser, url(), { viewport: { width: 400, height: 800 } })
    const said = await phone.page
      .locator('.ledger .used:has(.bar)')
      .first()
      .evaluate((cell) => getComputedStyle(cell, '::after').content)
    expect(said).toContain('log scale')
    await phone.close()
  })

  it('shows every column of every table at 1280 pixels, and breaks no formula in a heading', async () => {
    const { page } = opened
    const cut = await page
      .locator('.scroll')
      .evaluateAll((tables) =>
        tables
          .filter((one) => one.scrollWidth > one.clientWidth)
          .map((one) => one.getAttribute('aria-label')),
      )
    expect(cut).toEqual([])
    const broken = await page
      .locator('.data th .katex')
      .evaluateAll((formulas) => formulas.filter((one) => one.getClientRects().length > 1).length)
    expect(broken).toBe(0)
  })

  it('unfolds the other claims, all of them', async () => {
    const { page, close } = await openPage(browser, url())
    for (const summary of await page.locator('summary').all()) await summary.click()
    const shown = await page.locator('.ledger .mark:visible').count()
    const [said] = /\d+/.exec((await page.locator('.counts').textContent()) ?? '') ?? []
    expect(shown).toBe(Number(said))
    expect(await page.locator('.claims .mark').count()).toBe(shown)
    await close()
  })

  it('typesets every formula, in its own fonts', async () => {
    const { page } = opened
    expect(await page.locator('.katex-error').count()).toBe(0)
    expect(await page.locator('.formula .katex').count()).toBe(ids.length)
    expect(await page.locator('main').innerText()).not.toMatch(/\$|\\[a-z]+/)
    const fonts = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
    )
    for (const family of ['Source Serif 4', 'Source Sans 3', 'IBM Plex Mono', 'KaTeX_Main'])
      expect(fonts.map((name) => name.replaceAll('"', ''))).toContain(family)
  })

  for (const [name, options] of [
    ['a wide window', { viewport: { width: 1280, height: 900 } }],
    ['a tablet', { viewport: { width: 800, height: 1000 } }],
    ['a phone', { viewport: { width: 400, height: 800 } }],
    ['a small phone in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ] as const)
    it(`fits ${name}: nothing is wider than the window, every figure can be read`, async () => {
      const { page, close } = await openPage(browser, url(), options)
      const { width } = options.viewport
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      for (const svg of await page.locator('figure svg:visible').all()) {
        const size = await svg.evaluate((element) => {
          const text = element.querySelector('text')
          return {
            letters: text ? text.getBoundingClientRect().height : 0,
            right: element.getBoundingClientRect().right,
          }
        })
        expect(size.letters).toBeGreaterThan(8)
        expect(size.right).toBeLessThanOrEqual(width)
      }
      await close()
    })

  it('is dark where the reader wants it dark, figures too, and prints light', async () => {
    const { page, close } = await openPage(browser, url(), { colorScheme: 'dark' })
    const grounds = () =>
      page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('figure svg > rect') ?? document.body).fill,
      ])
    expect(await grounds()).toEqual(['rgb(21, 24, 27)', 'rgb(21, 24, 27)'])
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await grounds()).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)'])
    await close()
  })

  it('prints: the ledger on the first page, then a page or more for each section', async () => {
    const pdf = await opened.page.pdf({ preferCSSPageSize: true })
    const pages = [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length
    expect(pages).toBeGreaterThan(ids.length)
    expect(pages).toBeLessThan(5 * ids.length)
  })
})
