import katex from 'katex'
import { texToText } from '../text/tex.js'
import { superscript } from '../text/numbers.js'
import { html, raw, type Html } from './html.js'

function typeset(tex: string, displayMode: boolean): Html {
  try {
    const markup = katex.renderToString(tex, {
      displayMode,
      output: 'html',
      strict: 'ignore',
      trust: false,
      throwOnError: true,
    })
    return html`<span role="math" aria-label="${texToText(tex)}">${raw(markup)}</span>`
  } catch (error) {
    // wrong TeX is shown as it was written: a formula is never lost
    if (error instanceof katex.ParseError) return html`<code>${tex}</code>`
    throw error
  }
}

/** A formula on a line of its own. */
export const displayMath = (tex: string): Html => typeset(tex, true)

/** A formula in a line of text. */
export const inlineMath = (tex: string): Html => typeset(tex, false)

const scripts: { readonly [character: string]: string } = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', '⁺': '+', 'ⁿ': 'n', 'ᵀ': 'T',
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9',
} // prettier-ignore

/** Raised and lowered characters become <sup> and <sub>: the text fonts lack most of them. */
function withScripts(text: string): readonly (Html | string)[] {
  return text.split(/([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵀ]+|[₀-₉]+)/u).map((piece, i) => {
    if (i % 2 === 0) return piece
    const plain = [...piece].map((character) => scripts[character]).join('')
    return /[₀-₉]/u.test(piece) ? html`<sub>${plain}</sub>` : html`<sup>${plain}</sup>`
  })
}

/** Numbers as people write them: 7.5e-17 → 7.5·10⁻¹⁷, and a minus that is no hyphen. */
const written = (text: string): string =>
  text
    .replace(/(?<![\w.])(\d+(?:\.\d+)?)e([+-]?\d+)(?!\w)/g, (_, factor: string, power: string) => {
      const ten = `10${superscript(Number(power))}`
      return factor === '1' ? ten : `${factor}·${ten}`
    })
    .replace(/(?<![\w.)-])-(?=[\d.])/g, '−')

/** Text in which $…$ is TeX. */
export function prose(text: string): Html {
  const pieces = text.split(/\$([^$]+)\$/)
  return html`${pieces.map((piece, i) => (i % 2 === 1 ? inlineMath(piece) : withScripts(written(piece))))}`
}
