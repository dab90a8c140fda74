import { scriptRuns } from './scripts.js'

/** Size of raised and lowered characters, and how far they are moved, in the size of the text. */
const size = 0.72
const shifts = { raised: -0.36, lowered: 0.16 }

const em = (x: number): string => `${Math.round(1000 * x) / 1000}em`

/**
 * Raised and lowered characters of a picture's texts as small ones moved up or down: the page's
 * font lacks most of them, and a fallback's have other sizes.
 */
export const withSvgScripts = (svg: string): string =>
  svg.replace(/(<text\b[^>]*>)([^<]+)(?=<\/text>)/g, (whole, tag: string, text: string) => {
    const runs = scriptRuns(text)
    if (runs.every(({ kind }) => kind === 'plain')) return whole
    let back = 0
    const pieces = runs.map(({ kind, text }) => {
      if (kind === 'plain') {
        const piece = back === 0 ? text : `<tspan dy="${em(back)}">${text}</tspan>`
        back = 0
        return piece
      }
      const by = shifts[kind] + back
      back = -shifts[kind]
      return `<tspan dy="${em(by / size)}" font-size="${em(size)}">${text}</tspan>`
    })
    return tag + pieces.join('')
  })
