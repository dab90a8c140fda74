import {
  rigorText,
  type Hypothesis,
  type Source,
  type Verdict,
  type Status,
} from '@nonconvex/optim/claims'
import { formatNumber } from '../text/numbers.js'
import { percent } from './bar.js'
import { hypothesisKey, otherHypotheses, sourceText } from '../text/claims.js'
import { html, type Html } from './html.js'
import { prose } from './math.js'

const witnessShown = 600

const order: readonly Hypothesis['status'][] = ['fails', 'holds', 'by construction', 'assumed']

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
        html`<li class="${status.replace(' ', '-')}">
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

/** The two numbers that decided: '18 ≤ 298,464'. */
export function numbers({ measured, relation, bound }: Verdict): Html | undefined {
  if (measured === undefined || relation === undefined || bound === undefined) return undefined
  return html`<span
    ><span class="measured">${prose(formatNumber(measured))}</span> ${relations[relation]}
    <span class="bound">${prose(formatNumber(bound))}</span></span
  >`
}

/** The parts of a claim's source that differ from the experiment's. */
function ownSource(source: Source, experiment: Source): string {
  const names = Object.keys(source) as (keyof Source)[]
  const own = names.filter((name) => source[name] !== experiment[name])
  return sourceText(Object.fromEntries(own.map((name) => [name, source[name]])))
}

/** The fields that the verdicts of one experiment have in common. */
export interface Common {
  readonly hypotheses: readonly Hypothesis[]
  readonly source: Source
}

/**
 * A claim with its verdict, the numbers that decided it, and what is not in `common`; with an id, it
 * can be linked to.
 */
export function verdictBlock(verdict: Verdict, common: Common, id?: string): Html {
  const known = new Set(common.hypotheses.map(hypothesisKey))
  const own = otherHypotheses(verdict).filter((hypothesis) => !known.has(hypothesisKey(hypothesis)))
  const bare = known.size > 0 && verdict.hypotheses.length === 0
  const { witness } = verdict
  const source = ownSource(verdict.source, common.source)
  return html`<li class="claim" ${id !== undefined && html`id="${id}"`} data-status="${verdict.status}">
    <div class="verdict">${verdictMark(verdict.status)}</div>
    <div>
      <h4>
        ${prose(verdict.title)}
        ${id !== undefined && html`<a class="anchor" href="#${id}" aria-label="Link to this claim">#</a>`}
      </h4>
      <p>${prose(verdict.statement)}</p>
      <p class="facts">
        ${numbers(verdict)}
        ${verdict.tightness !== undefined && html`<span>${percent(verdict.tightness)} of the bound</span>`}
        <span>${rigorText(verdict)}</span>
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

const shapes: { readonly [S in Status]: Html } = {
  holds: html`<circle cx="8" cy="8" r="7" fill="currentColor" /><path
      d="M4.6 8.3l2.4 2.4 4.4-5"
      fill="none"
      stroke="var(--paper)"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />`,
  violated: html`<rect x="1.5" y="1.5" width="13" height="13" fill="currentColor" /><path
      d="M5 5l6 6M11 5l-6 6"
      stroke="var(--paper)"
      stroke-width="1.8"
      stroke-linecap="round"
    />`,
  inapplicable: html`<circle
      cx="8"
      cy="8"
      r="6.2"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
    /><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />`,
  inconclusive: html`<circle
      cx="8"
      cy="8"
      r="6.2"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
    /><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor" />`,
}

/** The mark of a status and its word: they differ in shape, color and text. */
export const verdictMark = (status: Status): Html =>
  html`<span class="mark ${status}"
    ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${shapes[status]}</svg
    >${status}</span
  >`

/** The mark of an experiment without a result, which differs from those of verdicts. */
export const failedMark: Html = html`<span class="mark failed"
  ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="M8 1.2L15.4 14.6H.6z" fill="currentColor" />
    <path
      d="M8 6.2v3.9M8 12.2v.4"
      stroke="var(--paper)"
      stroke-width="1.8"
      stroke-linecap="round"
    /></svg
  >failed</span
>`
