const characters: { readonly [character: string]: string } = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '−',
  '⁺': '+',
  ⁿ: 'n',
  ᵀ: 'T',
  '₀': '0',
  '₁': '1',
  '₂': '2',
  '₃': '3',
  '₄': '4',
  '₅': '5',
  '₆': '6',
  '₇': '7',
  '₈': '8',
  '₉': '9',
}

/** A stretch of a text that is on the line, above it or below it, in ordinary characters. */
export interface ScriptRun {
  readonly kind: 'plain' | 'raised' | 'lowered'
  readonly text: string
}

const scripts = /([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵀ]+|[₀-₉]+|(?<=(?<![\p{L}\d_])\p{L})_(?:\p{L}|\d+)(?![\p{L}\d_]))/u

/** A text by what is raised (`10⁻³`), lowered (`x₀`, `w_j`) and neither. */
export const scriptRuns = (text: string): readonly ScriptRun[] =>
  text
    .split(scripts)
    .map((piece, i): ScriptRun => {
      if (i % 2 === 0) return { kind: 'plain', text: piece }
      if (piece.startsWith('_')) return { kind: 'lowered', text: piece.slice(1) }
      const plain = [...piece].map((character) => characters[character]).join('')
      return { kind: /[₀-₉]/u.test(piece) ? 'lowered' : 'raised', text: plain }
    })
    .filter(({ text }) => text !== '')

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
