import { htmlPage } from '../report/page.js'
import type { Prose, ShownTable } from '../text/prose.js'
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

/** What the page of a data set shows. */
export interface FitPage {
  readonly title: Prose
  /** what was found, in a sentence or two */
  readonly summary: readonly Prose[]
  readonly verdicts: readonly Verdict[]
  readonly tables: readonly ShownTable[]
  /** what makes the model again, and uses it */
  readonly commands: readonly string[]
  readonly version: string
}

const { talk, paper: article } = globalMinimum.source

/** What the claims on the network have in common. */
const paper: Source = {
  ...(talk !== undefined && { talk }),
  ...(article !== undefined && { paper: article }),
}

const aboutExamples: readonly string[] = [marginCertified.id, noSeparator.id]

/**
 * The claims on the data, on the theorem, and on the basis of the guarantees: the claims of a group
 * have hypotheses in common.
 */
function groupsOf(
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

function claims(heading: string, verdicts: readonly Verdict[]): Html {
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

/**
 * The report on one data set as one page that needs nothing else; the same facts give the same
 * bytes.
 */
export function fitPage(page: FitPage): string {
  const [facts, ...others] = page.tables
  const body = html`<header>
      <h1>${prose(page.title)}</h1>
      ${page.summary.map((text) => html`<p class="lead">${prose(text)}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${tableBlock(facts)}
        ${groupsOf(page.verdicts).map(({ heading, verdicts }) => claims(heading, verdicts))}
        <p class="source">Source of the theorem: ${prose(sourceText(paper))}</p>
        ${others.map(tableBlock)}
        <pre class="command"><code>${page.commands.join('\n')}</code></pre>
      </section>
    </main>`
  return htmlPage(inlineTexToText(page.title), page.version, body)
}
