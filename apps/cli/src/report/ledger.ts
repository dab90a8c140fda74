import { rigorText, type Verdict } from '@nonconvex/optim/claims'
import { parts } from '../commands/list.js'
import { formatNumber, formatSeconds } from '../text/numbers.js'
import { failureText } from '../work/cells.js'
import { percent, usedBar } from './bar.js'
import { html, type Html } from './html.js'
import { failedMark, numbers, verdictMark } from './verdict.js'
import { prose } from './math.js'
import { statusesOf } from './contents.js'
import { claimId, ledgerId, sectionId, type FailedEntry, type ReportEntry, type ReportFacts } from './entry.js'

const headings = [
  'verdict',
  'claim, and what was measured',
  'measured and bound (log scale)',
  'rigor',
  'experiment',
]

/** The facts of the run: its seed, preset, time and version. */
export const runLine = (facts: ReportFacts): Html =>
  html`<p class="run">
    <span
      >seed ${facts.seed}, ${facts.preset} preset,
      <span data-timing>${formatSeconds(facts.seconds)}</span></span
    >
    <span>nonconvex ${facts.version}</span>
  </p>`

/** What the words and marks of the ledger mean. */
const key: Html = html`<details class="key">
  <summary>How to read the ledger</summary>
  <dl>
    <dt>${verdictMark('holds')}</dt>
    <dd>all hypotheses held on the run, and the conclusion was checked on it</dd>
    <dt>${verdictMark('violated')}</dt>
    <dd>all hypotheses held, and the conclusion did not</dd>
    <dt>${verdictMark('inapplicable')}</dt>
    <dd>a hypothesis failed on the run: the theorem says nothing about it</dd>
    <dt>${verdictMark('inconclusive')}</dt>
    <dd>the run ended too early, or chance leaves the question open</dd>
    <dt>proof</dt>
    <dd>exact or interval arithmetic decided; the certificate is a file beside the result</dd>
    <dt>float64</dt>
    <dd>checked in double precision, with a tolerance for rounding where one is stated</dd>
    <dt>99 %</dt>
    <dd>
      decided from random samples; if the claim was false, such samples would have been this
      unlikely: at most 1 in 100
    </dd>
    <dt>bar</dt>
    <dd>
      how much of the bound the run used, on a logarithmic scale of four decades; the tick is the
      bound. For an upper bound it is measured / bound, for a lower bound it is bound / measured, so
      that the bar ends at the tick where the bound is attained
    </dd>
    <dt>tightest known</dt>
    <dd>
      the fraction of the bound that the tightest instance known reaches, with a link to the claim of
      this report that shows it: near 100 % no smaller bound is possible
    </dd>
  </dl>
</details>`

/** Where the tightest known instance of a bound is, if it is in this report. */
function attained({ attainedBy }: Verdict, entries: readonly ReportEntry[]): Html | undefined {
  const entry = entries.find(({ result }) =>
    result.verdicts.some(({ claim }) => claim === attainedBy),
  )
  const companion = entry?.result.verdicts.find(({ claim }) => claim === attainedBy)
  if (entry === undefined || companion === undefined) return undefined
  return html`<a href="#${claimId(entry.experiment.id, companion.claim)}" title="${companion.statement}"
    >tightest known${companion.attains !== undefined && html` ${formatNumber(100 * companion.attains, 3)} %`}</a
  >`
}

/** Measured and bound, as a bar too, and the tightest instance known. */
function nearness(verdict: Verdict, entries: readonly ReportEntry[]): Html {
  return html`${usedBar(verdict)}
    ${verdict.tightness !== undefined && numbers(verdict)} ${attained(verdict, entries)}`
}

/** A claim with its numbers, on a row of its own. */
function row(verdict: Verdict, entry: ReportEntry, entries: readonly ReportEntry[]): Html {
  return html`<tr data-status="${verdict.status}">
    <td class="verdict">${verdictMark(verdict.status)}</td>
    <td class="claim">
      <b><a href="#${claimId(entry.experiment.id, verdict.claim)}">${prose(verdict.title)}</a></b>
      <span>${prose(verdict.statement)}</span>
    </td>
    <td class="used">
      ${verdict.status !== 'inapplicable' && nearness(verdict, entries)}
    </td>
    <td class="rigor">${rigorText(verdict)}</td>
    <td class="experiment">
      <a href="#${sectionId(entry.experiment.id)}">${entry.experiment.id}</a>
      <span>${entry.experiment.name}</span>
    </td>
  </tr>`
}

/**
 * The other claims of a run that hold, one per line with how much of the bound they used, collapsed.
 */
function more(
  verdicts: readonly Verdict[],
  experiment: string,
  entries: readonly ReportEntry[],
): Html {
  const summary =
    verdicts.length === 1
      ? '1 more claim of this run holds'
      : `${verdicts.length} more claims of this run hold`
  return html`<tr class="more" data-status="holds">
    <td></td>
    <td colspan="4">
      <details>
        <summary>${summary}</summary>
        <ul>
          ${verdicts.map(
            (verdict) =>
              html`<li>
                ${verdictMark(verdict.status)}
                <span
                  ><b><a href="#${claimId(experiment, verdict.claim)}">${prose(verdict.title)}</a></b>
                  ${prose(verdict.statement)}
                  ${verdict.tightness !== undefined && html`· ${numbers(verdict)}, ${percent(verdict.tightness)} of the bound`}
                  ${attained(verdict, entries)}</span
                >
                <span>${rigorText(verdict)}</span>
              </li>`,
          )}
        </ul>
      </details>
    </td>
  </tr>`
}

/**
 * An experiment in the ledger: its first claim and whatever does not hold in full, the others
 * folded.
 */
function experimentRows(entry: ReportEntry, entries: readonly ReportEntry[]): Html {
  const { verdicts } = entry.result
  const shown = verdicts.filter(({ status }, i) => i === 0 || status !== 'holds')
  const folded = verdicts.filter((verdict) => !shown.includes(verdict))
  return html`<tbody id="${ledgerId(entry.experiment.id)}" data-status="${statusesOf(verdicts)}">
    ${shown.map((verdict) => row(verdict, entry, entries))} ${folded.length > 0 && more(folded, entry.experiment.id, entries)}
  </tbody>`
}

/** An experiment that gave no result: which cell failed, why, and what runs it again. */
const failedRows = ({ experiment, record, command, link }: FailedEntry): Html =>
  html`<tbody>
    <tr>
      <td class="verdict">${failedMark}</td>
      <td class="claim" colspan="3">
        <b>${prose(experiment.title)}</b>
        <span>${failureText(record)}</span>
        <code>${command}</code>
      </td>
      <td class="experiment">
        <a href="${link}">${experiment.id}</a>
        <span>${experiment.name}</span>
      </td>
    </tr>
  </tbody>`

function partTable(id: string, heading: string, bodies: readonly Html[]): Html {
  return html`<section class="part" data-part="${id}">
    <h2 id="${id}">${heading}</h2>
    <table class="ledger" aria-labelledby="${id}">
      <colgroup>
        ${headings.map(() => html`<col />`)}
      </colgroup>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      ${bodies}
    </table>
  </section>`
}

/**
 * The ledger of theorems: what failed, then every claim with its verdict, by part and experiment;
 * empty parts are omitted.
 */
export function ledger(entries: readonly ReportEntry[], failed: readonly FailedEntry[]): Html {
  const tables = parts.flatMap(({ part, heading }) => {
    const own = entries.filter(({ experiment }) => experiment.part === part)
    return own.length === 0 ? [] : [partTable(part, heading, own.map((entry) => experimentRows(entry, entries)))]
  })
  return html`${key}
    <div class="columns" aria-hidden="true">
      ${headings.map((heading) => html`<span>${heading}</span>`)}
    </div>
    ${failed.length > 0 && partTable('failed', 'Not finished', failed.map(failedRows))} ${tables}`
}
