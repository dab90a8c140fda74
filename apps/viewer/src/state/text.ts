import { formatNumber, type Json } from '@nonconvex/optim/claims'

/**
 * A parameter's value as text, the way fields, addresses and `--set` write it: '3', '1,10,100',
 * 'true'.
 */
export function textOf(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => textOf(item)).join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A number for a reader, with so many significant digits: 183,491, −0.0078, 3.1e−9. */
export const numberText = (value: number, digits = 6): string =>
  formatNumber(value, { digits, minus: '−', below: 1e9, grouped: true })

/** How long something takes, for a reader: 'about 15 s'. */
export function secondsText(count: number): string {
  return count < 90
    ? `about ${Number(count.toPrecision(2))} s`
    : `about ${Number((count / 60).toPrecision(2))} min`
}

/** A sentence whose negative numbers have a minus sign, as those of the tables have. */
export const withMinus = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}_^{-])-(?=\d)/gu, '−')

/** A caption where the panels of its figure are below each other, not side by side. */
export const placesBelow = (caption: string): string =>
  caption.replace(/\bLeft(?=:)/g, 'Above').replace(/\bRight(?=:)/g, 'Below')

/** What a reader can do about a run that failed. */
export const adviceOn = (message: string): string =>
  /^worker:|dynamically imported|importing a module|failed to fetch|load failed/i.test(message)
    ? 'A part of this page could not be loaded or has stopped: the network is gone, the memory is full, or the page has been renewed on its server. Run again; if that fails, reload the page.'
    : 'Change the values named above, or the seed, and run again.'
