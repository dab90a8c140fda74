import { shellWord } from '../command-line/declaration.js'
import { sourceText, sharedHypotheses } from '../text/claims.js'
import { formatNumber } from '../text/numbers.js'
import { Verbatim, type Prose } from '../text/prose.js'
import { valueText } from '../command-line/settings.js'
import { figureBlock } from './figure.js'
import type { Json } from '@nonconvex/optim/claims'
import { html, type Html } from './html.js'
import { displayMath, inlineMath, prose } from './math.js'
import { statusesOf } from './contents.js'
import { claimId, ledgerId, sectionId, type ReportEntry } from './entry.js'
import { tableBlock } from './table.js'
import { hypothesisList, verdictBlock } from './verdict.js'
import { viewerLink } from './viewer.js'

/** A parameter's value as text: '20,000', '10⁻¹²', '1, 10, 100'. */
function shownValue(value: Json): Prose {
  if (Array.isArray(value))
    return value.map((item: Json, i) => [i === 0 ? '' : ', ', shownValue(item)])
  return typeof value === 'number' ? formatNumber(value) : new Verbatim(valueText(value))
}

/** The parameters of the run with their symbols, and the symbols that are none. */
function symbolList({ experiment, result }: ReportEntry): Html {
  // a file that was not given has no value
  const given = Object.entries(experiment.params.fields).filter(([name]) => name in result.params)
  const params = given.map(
    ([name, { symbol, help, unit }]) =>
      html`<div>
        <dt>${symbol === undefined ? html`<code>${name}</code>` : inlineMath(symbol)}</dt>
        <dd>
          ${prose(help)}:
          <b>${prose(shownValue(result.params[name]))}</b>${unit !== undefined && ` ${unit}`}
        </dd>
      </div>`,
  )
  const symbols = experiment.symbols.map(
    ({ tex, text }) =>
      html`<div>
        <dt>${inlineMath(tex)}</dt>
        <dd>${prose(text)}</dd>
      </div>`,
  )
  return html`<dl class="symbols">${symbols} ${params}</dl>`
}

function dataLinks({ files, folder }: ReportEntry): Html {
  const names = [...files.keys()].sort()
  return html`<p class="data-links">
    Data: ${names.map((name) => html`<a href="${folder}/${name}">${name}</a> `)}
  </p>`
}

/**
 * The section of one experiment: statement, verdicts, figures, tables, commands.
 *
 * @param linked - whether the figures link to the viewer beside the page
 */
export function section(entry: ReportEntry, linked: boolean): Html {
  const { experiment, result } = entry
  const id = sectionId(experiment.id)
  const shared = sharedHypotheses(result.verdicts)
  const link = linked ? viewerLink(result) : undefined
  const common = { hypotheses: shared, source: experiment.source }
  return html`<section
    class="experiment"
    id="${id}"
    aria-labelledby="${id}-title"
    data-part="${experiment.part}"
    data-status="${statusesOf(result.verdicts)}"
  >
    <a class="up" href="#${ledgerId(experiment.id)}">↑ ledger</a>
    <h2 id="${id}-title">${prose(experiment.title)}</h2>
    <p class="about">${prose(experiment.about)}</p>
    <div class="formula" role="group" aria-label="Formula" tabindex="0">
      ${displayMath(experiment.formula)}
    </div>
    ${symbolList(entry)} ${result.figures.map((figure) => figureBlock(figure, id, link))}
    <h3>Verdicts</h3>
    ${
      shared.length > 0 &&
      html`<p class="shared">Hypotheses of these claims, evaluated on this run:</p>
        ${hypothesisList(shared)}`
    }
    <ul class="claims">
      ${result.verdicts.map((verdict) =>
        verdictBlock(verdict, common, claimId(experiment.id, verdict.claim)),
      )}
    </ul>
    ${result.tables.map(tableBlock)}
    <p class="source">Source: ${prose(sourceText(experiment.source))}</p>
    ${
      entry.verification.length > 0 &&
      html`<p class="source rows">Rows under <code>verify</code>: ${entry.verification.join('; ')}</p>`
    }
    ${dataLinks(entry)}
    <pre class="command"><code>${entry.command}
nonconvex verify ${shellWord(entry.folder)}</code></pre>
  </section>`
}
