import type { Table } from '@nonconvex/experiments'
import type { Source, Verdict } from '@nonconvex/optim/claims'
import { globalMinimum } from '@nonconvex/overparam'
import { marginCertified, noSeparator } from '@nonconvex/overparam/certify'
import { subsetRebuilds } from '@nonconvex/overparam/generalization'
import { mathStyles, textFaces } from '../report/fonts.js'
import { html, raw, type Html } from '../report/html.js'
import { prose } from '../report/math.js'
import { palette } from '../report/palette.js'
import { styles } from '../report/styles/index.js'
import { tableBlock } from '../report/table.js'
import { hypothesisList, verdictBlock } from '../report/verdict.js'
import { sharedHypotheses } from '../text/hypotheses.js'
import { sourceText } from '../text/source.js'

/** What the page of a data set shows. */
export interface FitPage {
  readonly title: string
  /** what was found, in a sentence or two */
  readonly summary: readonly string[]
  readonly verdicts: readonly Verdict[]
  readonly tables: readonly Table[]
  /** what makes the model again, and uses it */
  readonly commands: readonly string[]
  readonly version: string
}

// nothing is fetched, nothing runs: styles and fonts are in the page
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

const { talk, paper: article } = globalMinimum.source

/** What the claims on the network have in common. */
const paper: Source = {
  ...(talk !== undefined && { talk }),
  ...(article !== undefined && { paper: article }),
}

const aboutExamples: readonly string[] = [marginCertified.id, noSeparator.id]

/**
 * The claims on the examples, on the theorem, and on what the guarantees rest on: each group shares
 * hypotheses.
 */
function groupsOf(
  verdicts: readonly Verdict[],
): readonly { readonly heading: string; readonly verdicts: readonly Verdict[] }[] {
  const groupOf = ({ claim }: Verdict): string =>
    aboutExamples.includes(claim)
      ? 'Is there a separator?'
      : claim === subsetRebuilds.id
        ? 'What the guarantees rest on'
        : 'The theorem, and every line of its proof'
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
      html`<p class="shared">Hypotheses of these claims, as found on these examples:</p>
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
  const css = [textFaces(body.text), mathStyles(body.text), palette(body.text), styles].join('\n')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="nonconvex ${page.version}" />
        <link rel="icon" href="data:," />
        <title>${page.title}</title>
        <style>
          ${raw(css)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text
}
