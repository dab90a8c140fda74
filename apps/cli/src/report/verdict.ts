import type { Hypothesis, Verdict } from '@nonconvex/optim'
import { rigorText } from '../terminal/verdicts.js'
import { formatNumber } from '../text/numbers.js'
import { sourceText } from '../text/source.js'
import { html, type Html } from './html.js'
import { verdictMark } from './marks.js'
import { prose } from './math.js'

const witnessShown = 600

const keyOf = ({ text, status, measured }: Hypothesis): string =>
  JSON.stringify([text, status, measured ?? null])

/** The hypotheses that all of several claims share, number for number: said once. */
export function sharedHypotheses(verdicts: readonly Verdict[]): readonly Hypothesis[] {
  if (verdicts.length < 2) return []
  return verdicts[0].hypotheses.filter((hypothesis) =>
    verdicts.every(({ hypotheses }) =>
      hypotheses.some((other) => keyOf(other) === keyOf(hypothesis)),
    ),
  )
}

/** Conditions of a theorem as found on this run, each with its number where there is one. */
export function hypothesisList(hypotheses: readonly Hypothesis[]): Html {
  return html`<ul class="hypotheses">
    ${hypotheses.map(
      ({ text, status, measured }) =>
        html`<li class="${status}">
          <span class="word">${status}</span>
          <span
            >${prose(text)}${measured !== undefined && html` <b>${prose(formatNumber(measured))}</b>`}</span
          >
        </li>`,
    )}
  </ul>`
}

const relations = { '<=': '≤', '>=': '≥', '==': '=' } as const

function numbers({ measured, relation, bound }: Verdict): Html | undefined {
  if (measured === undefined || relation === undefined || bound === undefined) return undefined
  return html`<span
    ><span class="measured">${prose(formatNumber(measured))}</span> ${relations[relation]}
    <span class="bound">${prose(formatNumber(bound))}</span></span
  >`
}

/** A claim with its verdict, the numbers that decided it, and those of its hypotheses not in `shared`. */
export function verdictBlock(verdict: Verdict, shared: readonly Hypothesis[]): Html {
  const known = new Set(shared.map(keyOf))
  const own = verdict.hypotheses.filter((hypothesis) => !known.has(keyOf(hypothesis)))
  const witness =
    verdict.status === 'violated' ? JSON.stringify(verdict.witness ?? null) : undefined
  const source = sourceText(verdict.source)
  return html`<li class="claim">
    <div class="verdict">${verdictMark(verdict.status)}</div>
    <div>
      <h4>${prose(verdict.title)}</h4>
      <p>${prose(verdict.statement)}</p>
      <p class="facts">
        ${numbers(verdict)} <span>${rigorText(verdict)}</span>
        ${source !== '' && html`<span>${prose(source)}</span>`}
      </p>
      ${own.length > 0 && hypothesisList(own)}
      ${witness !== undefined && html`<pre>${witness.slice(0, witnessShown)}</pre>`}
    </div>
  </li>`
}
