import type { Verdict } from '@nonconvex/optim/claims'
import { parts } from '../commands/list.js'
import { statusCounts } from '../text/claims.js'
import { claimId, sectionId, type ReportEntry } from './entry.js'
import { html, type Html } from './html.js'
import { verdictMark } from './verdict.js'

/** The statuses of verdicts as the value of `data-status`, which the filter reads. */
export const statusesOf = (verdicts: readonly Verdict[]): string =>
  Array.from(new Set(verdicts.map(({ status }) => status))).join(' ')

/** The claims of an experiment that do not hold, each a link to its verdict. */
const exceptions = ({ experiment, result }: ReportEntry): Html[] =>
  result.verdicts
    .filter(({ status }) => status !== 'holds')
    .map(
      ({ claim, status }) =>
        html` <a href="#${claimId(experiment.id, claim)}">${verdictMark(status)}</a>`,
    )

/** The table of contents, which stays in sight: the ledger, then every experiment by part. */
export function contents(entries: readonly ReportEntry[], proofs: boolean): Html {
  const sections = parts.flatMap(({ part, heading }) => {
    const own = entries.filter(({ experiment }) => experiment.part === part)
    if (own.length === 0) return []
    return html`<div data-part="${part}">
      <a class="heading" href="#${part}">${heading}</a>
      <ol>
        ${own.map(
          (entry) =>
            html`<li data-status="${statusesOf(entry.result.verdicts)}">
              <a href="#${sectionId(entry.experiment.id)}">${entry.experiment.name}</a
              >${exceptions(entry)}
            </li>`,
        )}
      </ol>
    </div>`
  })
  return html`<nav class="contents" aria-label="Contents">
    <a class="heading" href="#ledger">Ledger</a>
    ${sections} ${proofs && html`<a class="heading" href="#proofs">Proofs</a>`}
  </nav>`
}

/** A radio button that the style sheet reads: no script is needed to filter. */
const choice = (group: 'status' | 'part', value: string, label: Html | string): Html =>
  html`<label
    ><input
      type="radio"
      name="${group}"
      id="${group}-${value}"
      ${value === 'all' && html`checked`}
    />
    <span>${label}</span></label
  >`

/** How many claims have each status, and which claims are shown: by status, and by part. */
export function counts(entries: readonly ReportEntry[], failed: number): Html {
  const verdicts = entries.flatMap(({ result }) => result.verdicts)
  const present = parts.filter(({ part }) => entries.some((entry) => entry.experiment.part === part))
  return html`<form class="counts" aria-label="Claims shown">
    ${
      failed > 0 &&
      html`<span class="failed"
        ><b>${failed}</b> ${failed === 1 ? 'experiment' : 'experiments'} failed</span
      >`
    }
    <fieldset>
      <legend>Status</legend>
      ${choice('status', 'all', html`<b>${verdicts.length}</b> claims`)}
      ${statusCounts(verdicts).map(({ status, count, words }) => {
        const label = html`<b>${count}</b> ${words}`
        return count > 0 ? choice('status', status, label) : html`<span>${label}</span>`
      })}
    </fieldset>
    ${
      present.length > 1 &&
      html`<fieldset>
        <legend>Part</legend>
        ${choice('part', 'all', 'all parts')}
        ${present.map(({ part, heading }) => choice('part', part, heading))}
      </fieldset>`
    }
  </form>`
}

/** Hides what has not the status or is not in the part that was chosen. */
export const filterStyles: string = [
  ...statusCounts([]).map(({ status }) => ['status', status] as const),
  ...parts.map(({ part }) => ['part', part] as const),
]
  .map(
    ([group, value]) =>
      `:root:has(#${group}-${value}:checked) [data-${group}]:not([data-${group}~="${value}"]){display:none}`,
  )
  .join('\n')
