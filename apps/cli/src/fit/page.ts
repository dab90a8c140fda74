import type { Table } from '@nonconvex/experiments'
import type { Verdict } from '@nonconvex/optim'
import { mathStyles, textFaces } from '../report/fonts.js'
import { html, raw } from '../report/html.js'
import { prose } from '../report/math.js'
import { palette } from '../report/palette.js'
import { styles } from '../report/styles/index.js'
import { tableBlock } from '../report/table.js'
import { hypothesisList, verdictBlock } from '../report/verdict.js'
import { sharedHypotheses } from '../text/hypotheses.js'

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

/** The report on one data set as one page that needs nothing else; the same facts give the same bytes. */
export function fitPage(page: FitPage): string {
  const shared = sharedHypotheses(page.verdicts)
  const [facts, ...others] = page.tables
  const body = html`<header>
      <h1>${prose(page.title)}</h1>
      ${page.summary.map((text) => html`<p class="lead">${prose(text)}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${tableBlock(facts)}
        <h3>Verdicts</h3>
        ${
          shared.length > 0 &&
          html`<p class="shared">Hypotheses of these claims, as found on these examples:</p>
            ${hypothesisList(shared)}`
        }
        <ul class="claims">
          ${page.verdicts.map((verdict) => verdictBlock(verdict, { hypotheses: shared, source: {} }))}
        </ul>
        ${others.map(tableBlock)}
        <pre class="command"><code>${page.commands.join('\n')}</code></pre>
      </section>
    </main>`
  const css = [textFaces(body.text), mathStyles(body.text), palette(body.text), styles].join('\n')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nonconvex ${page.version}">
<link rel="icon" href="data:,">
<title>${page.title}</title>
<style>
${raw(css)}
</style>
</head>
<body>
${body}
</body>
</html>
`.text // prettier-ignore
}
