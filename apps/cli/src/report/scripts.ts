const characters: { readonly [character: string]: string } = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', '⁺': '+', 'ⁿ': 'n', 'ᵀ': 'T',
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9',
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
