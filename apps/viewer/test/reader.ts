import { readFile } from 'node:fs/promises'
import { chromium as executable } from '@tooling/vitest/requires'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import type { Result } from '@nonconvex/experiments'
import type { Site } from './site.js'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

/** A page as its reader sees it, with what went wrong behind it. */
export interface Reader {
  readonly page: Page
  /** errors and warnings of the console, uncaught errors, failed and foreign requests */
  readonly complaints: string[]
  readonly go: (hash: string) => Promise<void>
  /** waits until the run on the page has ended well */
  readonly finished: () => Promise<void>
  /** the result document, by the page's own export */
  readonly result: () => Promise<Result>
  readonly close: () => Promise<void>
}

export async function openReader(
  browser: Browser,
  site: Site,
  options: BrowserContextOptions = {},
): Promise<Reader> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    // it would bring all files for every test
    serviceWorkers: 'block',
    ...options,
  })
  // all cores may be taken by the tests of other packages
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('Service Worker registration blocked')) return
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  context.on('request', (request) => {
    const from = new URL(request.url())
    if (from.origin !== site.origin && from.protocol !== 'blob:' && from.protocol !== 'data:')
      complaints.push(`foreign request: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  return {
    page,
    complaints,
    go: async (hash) => {
      await page.goto(site.address + hash)
      await page.locator('h1').waitFor()
    },
    finished: async () => {
      await page
        .locator('.progress', { hasText: /^\d+ cells?, seed \d+/ })
        .waitFor({ timeout: 240_000 })
    },
    result: async () => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'JSON', exact: true }).click()
      return JSON.parse(await readFile(await (await download).path(), 'utf8')) as Result
    },
    close: () => context.close(),
  }
}
