import { rigorText, type Hypothesis, type Source, type Verdict } from '@nonconvex/optim/claims'
import { formatNumber } from '../text/numbers.js'
import { hypothesisKey, unsaidHypotheses } from '../text/hypotheses.js'
import { sourceText } from '../text/source.js'
import { html, type Html } from './html.js'
import { verdictMark } from './marks.js'
import { prose } from './math.js'

const witnessShown = 600

const order: readonly Hypothesis['status'][] = ['fails', 'holds', 'assumed']

/**
 * Conditions of a theorem as found on this run, each with its number where there is one; those that
 * fail first.
 */
export function hypothesisList(hypotheses: readonly Hypothesis[]): Html {
  const groups = order
    .map((status) => ({ status, own: hypotheses.filter((one) => one.status === status) }))
    .filter(({ own }) => own.length > 0)
  return html`<ul class="hypotheses">
    ${groups.map(
      ({ status, own }) =>
        html`<li class="${status}">
          <span class="word">${status === 'holds' && own.length > 1 ? 'hold' : status}</span>
          <span>${own.map(condition)}</span>
        </li>`,
    )}
  </ul>`
}

const condition = ({ text, measured }: Hypothesis): Html =>
  html`<span class="condition"
    >${prose(text)}${
      measured !== undefined && html`: <b>${prose(formatNumber(measured))}</b>`
    }</span
  > `

const relations = { '<=': '≤', '>=': '≥', '==': '=' } as const

function numbers({ measured, relation, bound }: Verdict): Html | undefined {
  if (measured === undefined || relation === undefined || bound === undefined) return undefined
  return html`<span
    ><span class="measured">${prose(formatNumber(measured))}</span> ${relations[relation]}
    <span class="bound">${prose(formatNumber(bound))}</span></span
  >`
}

/** What a claim's source says beyond the experiment's. */
function ownSource(source: Source, experiment: Source): string {
  const names = Object.keys(source) as (keyof Source)[]
  const own = names.filter((name) => source[name] !== experiment[name])
  return sourceText(Object.fromEntries(own.map((name) => [name, source[name]])))
}

/** What verdicts of one experiment have in common, and is said elsewhere. */
export interface Common {
  readonly hypotheses: readonly Hypothesis[]
  readonly source: Source
}

/**
 * A claim with its verdict, the numbers that decided it, and what of it is not said in `common`.
 */
export function verdictBlock(verdict: Verdict, common: Common): Html {
  const known = new Set(common.hypotheses.map(hypothesisKey))
  const own = unsaidHypotheses(verdict).filter(
    (hypothesis) => !known.has(hypothesisKey(hypothesis)),
  )
  const bare = known.size > 0 && verdict.hypotheses.length === 0
  const { witness } = verdict
  const source = ownSource(verdict.source, common.source)
  return html`<li class="claim">
    <div class="verdict">${verdictMark(verdict.status)}</div>
    <div>
      <h4>${prose(verdict.title)}</h4>
      <p>${prose(verdict.statement)}</p>
      <p class="facts">
        ${numbers(verdict)} <span>${rigorText(verdict)}</span>
        ${bare && html`<span>without hypotheses</span>`}
        ${source !== '' && html`<span>${prose(source)}</span>`}
      </p>
      ${own.length > 0 && hypothesisList(own)}
      ${
        verdict.status === 'violated' &&
        witness !== undefined &&
        html`<pre>${JSON.stringify(witness).slice(0, witnessShown)}</pre>`
      }
    </div>
  </li>`
}
