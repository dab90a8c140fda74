import { rigorText, type Status, type Verdict } from '@nonconvex/optim/claims'
import { parts } from '../commands/list.js'
import { formatSeconds } from '../text/numbers.js'
import { failureText } from '../work/cells.js'
import { usedBar } from './bar.js'
import { html, type Html } from './html.js'
import { failedMark, verdictMark } from './verdict.js'
import { prose } from './math.js'
import { sectionId, type FailedEntry, type ReportEntry, type ReportFacts } from './entry.js'

const headings = [
  'verdict',
  'claim, and what was measured',
  'measured, of allowed (log scale)',
  'rigor',
  'experiment',
]

/** '41 claims hold · 0 violated · …', with the facts of the run. */
export function countsLine(
  entries: readonly ReportEntry[],
  facts: ReportFacts,
  failed: number,
): Html {
  const verdicts = entries.flatMap(({ result }) => result.verdicts)
  const of = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length
  const [holds, violated, inapplicable, inconclusive] = [
    of('holds'),
    of('violated'),
    of('inapplicable'),
    of('inconclusive'),
  ]
  return html`<p class="counts">
    ${failed > 0 && html`<span class="failed"><b>${failed}</b> ${failed === 1 ? 'experiment' : 'experiments'} failed</span>`}
    <span><b>${holds}</b> ${holds === 1 ? 'claim holds' : 'claims hold'}</span>
    <span><b>${violated}</b> violated</span>
    <span><b>${inapplicable}</b> ${inapplicable === 1 ? 'does not apply' : 'do not apply'}</span>
    <span><b>${inconclusive}</b> undecided</span>
    <span
      >seed ${facts.seed}, ${facts.preset} preset,
      <span data-timing>${formatSeconds(facts.seconds)}</span></span
    >
    <span>nonconvex ${facts.version}</span>
  </p>`
}

/** Where the tightest known instance of a bound is, if it is in this report. */
function attained({ attainedBy }: Verdict, entries: readonly ReportEntry[]): Html | undefined {
  const entry = entries.find(({ result }) =>
    result.verdicts.some(({ claim }) => claim === attainedBy),
  )
  const companion = entry?.result.verdicts.find(({ claim }) => claim === attainedBy)
  if (entry === undefined || companion === undefined) return undefined
  return html`<a href="#${sectionId(entry.experiment.id)}" title="${companion.statement}"
    >tightest known</a
  >`
}

/** A claim with its numbers, on a row of its own. */
function row(verdict: Verdict, entry: ReportEntry, entries: readonly ReportEntry[]): Html {
  return html`<tr>
    <td class="verdict">${verdictMark(verdict.status)}</td>
    <td class="claim">
      <b>${prose(verdict.title)}</b>
      <span>${prose(verdict.statement)}</span>
    </td>
    <td class="used">
      ${verdict.status !== 'inapplicable' && usedBar(verdict)} ${attained(verdict, entries)}
    </td>
    <td class="rigor">${rigorText(verdict)}</td>
    <td class="experiment">
      <a href="#${sectionId(entry.experiment.id)}">${entry.experiment.id}</a>
      <span>${entry.experiment.name}</span>
    </td>
  </tr>`
}

/**
 * The other claims of a run that hold, one per line, collapsed.
 */
function more(verdicts: readonly Verdict[]): Html {
  const summary =
    verdicts.length === 1
      ? '1 more claim of this run holds'
      : `${verdicts.length} more claims of this run hold`
  return html`<tr class="more">
    <td></td>
    <td colspan="4">
      <details>
        <summary>${summary}</summary>
        <ul>
          ${verdicts.map(
            (verdict) =>
              html`<li>
                ${verdictMark(verdict.status)}
                <span><b>${prose(verdict.title)}</b> ${prose(verdict.statement)}</span>
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
  return html`<tbody>
    ${shown.map((verdict) => row(verdict, entry, entries))} ${folded.length > 0 && more(folded)}
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
  return html`<section class="part">
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
  return html`<div class="columns" aria-hidden="true">
      ${headings.map((heading) => html`<span>${heading}</span>`)}
    </div>
    ${failed.length > 0 && partTable('failed', 'Not finished', failed.map(failedRows))} ${tables}`
}
