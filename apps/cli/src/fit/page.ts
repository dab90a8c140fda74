import { htmlPage } from '../report/page.js'
import { Verbatim, words, type ShownTable } from '../text/prose.js'
import { inlineTexToText } from '../text/tex.js'
import type { Source, Verdict } from '@nonconvex/optim/claims'
import { globalMinimum } from '@nonconvex/overparam'
import { marginCertified, noSeparator } from '@nonconvex/overparam/certify'
import { subsetRebuilds } from '@nonconvex/overparam/generalization'
import { html, type Html } from '../report/html.js'
import { prose } from '../report/math.js'
import { tableBlock } from '../report/table.js'
import { hypothesisList, verdictBlock } from '../report/verdict.js'
import { sharedHypotheses, sourceText } from '../text/claims.js'
import { fitSeparableCommand } from '../command-line/data-commands.js'
import type { TrainingRecord } from '../models/training-record.js'
import { factsTable, witnessTable } from './facts-table.js'
import { fittedOf, type Fitted } from './fitted.js'
import { networkGuarantees } from './guarantee-table.js'
import { fitCommands } from './kept-flags.js'
import { boundTable, ledgerTable, ruleTable, runTable } from './run-tables.js'
import { repeatTable } from './repeat-table.js'
import { legend, legendTitle, summaryOf } from './summary.js'

const { talk, paper: article } = globalMinimum.source

/** What the claims on the network have in common. */
export const paper: Source = {
  ...(talk !== undefined && { talk }),
  ...(article !== undefined && { paper: article }),
}

const aboutExamples: readonly string[] = [marginCertified.id, noSeparator.id]

/**
 * The claims on the data, on the theorem, and on the basis of the guarantees: the claims of a group
 * have hypotheses in common.
 */
export function groupsOf(
  verdicts: readonly Verdict[],
): readonly { readonly heading: string; readonly verdicts: readonly Verdict[] }[] {
  const groupOf = ({ claim }: Verdict): string =>
    aboutExamples.includes(claim)
      ? 'Linear separability'
      : claim === subsetRebuilds.id
        ? 'Basis of the guarantees'
        : 'The theorem and the steps of its proof'
  return [...new Set(verdicts.map(groupOf))].map((heading) => ({
    heading,
    verdicts: verdicts.filter((verdict) => groupOf(verdict) === heading),
  }))
}

/** The claims of a group, under its heading. */
export function claims(heading: string, verdicts: readonly Verdict[]): Html {
  const shared = sharedHypotheses(verdicts)
  return html`<h3>${heading}</h3>
    ${
      shared.length > 0 &&
      html`<p class="shared">Hypotheses of these claims, evaluated on these examples:</p>
        ${hypothesisList(shared)}`
    }
    <ul class="claims">
      ${verdicts.map((verdict) => verdictBlock(verdict, { hypotheses: shared, source: paper }))}
    </ul>`
}

/** Everything that is measured, bounded and compared, in the order of the page. */
export const fitTables = (fitted: Fitted): readonly ShownTable[] =>
  [
    factsTable(fitted),
    witnessTable(fitted),
    runTable(fitted),
    boundTable(fitted),
    networkGuarantees(fitted),
    ruleTable(fitted),
    repeatTable(fitted.fit.repeats ?? [], fitted.delta),
    ledgerTable(fitted),
  ].filter((table) => table !== undefined)

/** The words of claims and bounds, explained after them. */
export const howToRead: Html = html`<h2>${legendTitle}</h2>
  ${legend.map((text) => html`<p>${prose(text)}</p>`)}`

/**
 * The report on one data set as one page that needs nothing else, from its document alone: equal
 * documents give equal bytes.
 */
export function separablePage(record: TrainingRecord): string {
  const { training, flags, versions } = record
  const { file } = training.data
  const fitted = fittedOf(record)
  const [facts, ...others] = fitTables(fitted)
  const title = words`Linear separability of ${new Verbatim(file)} and guarantees`
  const body = html`<header>
      <h1>${prose(title)}</h1>
      ${summaryOf(fitted).map((text) => html`<p class="lead">${prose(text)}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${tableBlock(facts)}
        ${groupsOf(training.verdicts).map(({ heading, verdicts }) => claims(heading, verdicts))}
        <p class="source">Source of the theorem: ${prose(sourceText(paper))}</p>
        ${others.map(tableBlock)} ${howToRead}
        <pre
          class="command"
        ><code>${fitCommands(fitSeparableCommand, file, flags).join('\n')}</code></pre>
      </section>
    </main>`
  return htmlPage(inlineTexToText(title), versions.nonconvex, body)
}
