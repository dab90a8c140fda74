import type { Browser, BrowserContextOptions } from 'playwright-core'
import { describeInChromium } from '@tooling/vitest/requires'
import { afterAll, beforeAll, expect } from 'vitest'
import { openBrowser, openReader, type Reader } from './reader.js'
import { openSite, type Site } from './site.js'

interface Tools {
  /** Opens the page for one reader, and fails if anything was wrong behind it. */
  readonly visit: (
    go: (reader: Reader) => Promise<void>,
    options?: BrowserContextOptions,
  ) => Promise<void>
  readonly site: () => Site
}

/** Tests of the built page in Chromium; skipped with the reason where there is none. */
export function inBrowser(name: string, tests: (tools: Tools) => void): void {
  describeInChromium(name, () => {
    let site: Site
    let browser: Browser
    beforeAll(async () => {
      site = await openSite(new URL('..', import.meta.url).pathname)
      browser = await openBrowser()
    })
    afterAll(async () => {
      await browser.close()
      await site.close()
    })
    tests({
      site: () => site,
      visit: async (go, options) => {
        const reader = await openReader(browser, site, options)
        try {
          await go(reader)
          expect(reader.complaints).toEqual([])
        } finally {
          await reader.close()
        }
      },
    })
  })
}
