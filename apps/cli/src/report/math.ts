import katex from 'katex'
import { piecesOf, type Prose } from '../text/prose.js'
import { texToText } from '../text/tex.js'
import { superscript } from '@nonconvex/optim/claims'
import { html, raw, type Html } from './html.js'
import { scriptRuns } from './scripts.js'

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
    // wrong TeX, or TeX nested too deeply, is shown as it was written: a formula is never lost
    if (error instanceof katex.ParseError || error instanceof RangeError) return html`<code>${tex}</code>`
    throw error
  }
}

/** Typesets a formula on a line of its own. */
export const displayMath = (tex: string): Html => typeset(tex, true)

/** Typesets a formula within a line of text. */
export const inlineMath = (tex: string): Html => typeset(tex, false)

/** Raised and lowered characters become <sup> and <sub>: the text fonts lack most of them. */
const withScripts = (text: string): readonly (Html | string)[] =>
  scriptRuns(text).map(({ kind, text }) => {
    if (kind === 'plain') return text
    return kind === 'raised' ? html`<sup>${text}</sup>` : html`<sub>${text}</sub>`
  })

/** Numbers as people write them: 7.5e-17 → 7.5·10⁻¹⁷, and a minus that is no hyphen. */
const written = (text: string): string =>
  text
    .replace(/(?<![\w.])(\d+(?:\.\d+)?)e([+-]?\d+)(?!\w)/g, (_, factor: string, power: string) => {
      const ten = `10${superscript(Number(power))}`
      return factor === '1' ? ten : `${factor}·${ten}`
    })
    .replace(/(?<![\w.)-])-(?=[\d.])/g, '−')

/** Text in which $…$ is TeX, and texts of others as they are. */
export const prose = (text: Prose): Html =>
  html`${piecesOf(text).map((piece) =>
    typeof piece === 'string'
      ? piece
          .split(/\$([^$]+)\$/)
          .map((part, i) => (i % 2 === 1 ? inlineMath(part) : withScripts(written(part))))
      : piece.text,
  )}`
