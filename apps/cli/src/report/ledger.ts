import type { Part } from '@nonconvex/experiments'
import type { Status, Verdict } from '@nonconvex/optim'
import { parts } from '../commands/list.js'
import { formatSeconds } from '../text/numbers.js'
import { rigorText } from '../terminal/verdicts.js'
import { usedBar } from './bar.js'
import { html, type Html } from './html.js'
import { verdictMark } from './marks.js'
import { prose } from './math.js'
import { sectionId, type ReportEntry, type ReportFacts } from './report.js'

const headings = [
  'verdict',
  'claim, and what was measured',
  'measured, of allowed',
  'rigor',
  'experiment',
]

/** '41 claims hold · 0 violated · …', with the facts of the run. */
export function countsLine(entries: readonly ReportEntry[], facts: ReportFacts): Html {
  const verdicts = entries.flatMap(({ result }) => result.verdicts)
  const of = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length
  const [holds, violated, inapplicable, inconclusive] = [
    of('holds'),
    of('violated'),
    of('inapplicable'),
    of('inconclusive'),
  ]
  return html`<p class="counts">
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

/** A claim with its numbers, on a row of its own. */
function row(verdict: Verdict, entry: ReportEntry): Html {
  return html`<tr>
    <td class="verdict">${verdictMark(verdict.status)}</td>
    <td class="claim">
      <b>${prose(verdict.title)}</b>
      <span>${prose(verdict.statement)}</span>
    </td>
    <td class="used">${verdict.status !== 'inapplicable' && usedBar(verdict)}</td>
    <td class="rigor">${rigorText(verdict)}</td>
    <td class="experiment">
      <a href="#${sectionId(entry.experiment.id)}">${entry.experiment.id}</a>
      <span>${entry.experiment.name}</span>
    </td>
  </tr>`
}

/** The claims of a run that hold beside its first, each on a line, folded until they are asked for. */
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

/** An experiment in the ledger: its first claim and whatever does not hold in full, the others folded. */
function experimentRows(entry: ReportEntry): Html {
  const { verdicts } = entry.result
  const shown = verdicts.filter(({ status }, i) => i === 0 || status !== 'holds')
  const folded = verdicts.filter((verdict) => !shown.includes(verdict))
  return html`<tbody>
    ${shown.map((verdict) => row(verdict, entry))} ${folded.length > 0 && more(folded)}
  </tbody>`
}

function partTable(part: Part, heading: string, entries: readonly ReportEntry[]): Html {
  const own = entries.filter(({ experiment }) => experiment.part === part)
  return html`<section class="part">
    <h2 id="${part}">${heading}</h2>
    <table class="ledger" aria-labelledby="${part}">
      <colgroup>
        ${headings.map(() => html`<col />`)}
      </colgroup>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      ${own.map(experimentRows)}
    </table>
  </section>`
}

/** The ledger of theorems: every claim with its verdict, by part and experiment; empty parts are left out. */
export function ledger(entries: readonly ReportEntry[]): Html {
  const present = parts.filter(({ part }) => entries.some((e) => e.experiment.part === part))
  return html`<div class="columns" aria-hidden="true">
      ${headings.map((heading) => html`<span>${heading}</span>`)}
    </div>
    ${present.map(({ part, heading }) => partTable(part, heading, entries))}`
}
