/** A text inside an element or an attribute; what XML cannot hold is left out. */
export const text = (words: string): string =>
  words
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** A coordinate, to a tenth of a pixel. */
export const number = (x: number): string => String(Math.round(x * 10) / 10)
