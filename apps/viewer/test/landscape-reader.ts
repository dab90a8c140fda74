import type { Locator, Page } from 'playwright-core'
import { frameOf, toPixels } from '../src/landscape/frame.js'
import { pictureType } from '../src/landscape/picture-props.js'
import type { Point } from '../src/landscape/initial-points.js'

/** The layer over the picture that the pointer and the keys move. */
export const crosshair = (page: Page) => page.locator('canvas.crosshair')

/** Where the descents ended, once all of them have. */
export async function runs(page: Page): Promise<string[]> {
  await page.locator('.runs .waiting').waitFor({ state: 'detached' })
  return page.locator('.runs li').allInnerTexts()
}

/** A value as the address says it. */
export const valueOf = (page: Page, name: string) =>
  new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get(name)

/** Waits until two more frames have been drawn: a picture that moves is another one by then. */
export const nextFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )

/** The pixels of a canvas. */
export const pixelsOf = (canvas: Locator) =>
  canvas.evaluate((it) => (it as HTMLCanvasElement).toDataURL())

/** Clicks on a place of the plane. */
export async function clickAt(page: Page, at: Point): Promise<void> {
  const [x, y] = await placeOf(page, at)
  await crosshair(page).click({ position: { x, y } })
}

/** Where a point of the plane is in the picture, in pixels. */
export async function placeOf(page: Page, at: Point): Promise<readonly [number, number]> {
  const canvas = crosshair(page)
  const width = await canvas.evaluate((it) => it.clientWidth)
  const rem = await page.evaluate(() =>
    parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  return toPixels(frameOf(width, pictureType(rem)), at)
}
