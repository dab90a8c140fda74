import type { Figure, Table } from '@nonconvex/experiments'
import { figureBlock } from '../report/figure.js'
import { textFaces } from '../report/fonts.js'
import { html, raw } from '../report/html.js'
import { palette } from '../report/palette.js'
import { styles } from '../report/styles/index.js'
import { tableBlock } from '../report/table.js'

/** What the page of a model of scene graphs shows. */
export interface ScenesPage {
  readonly title: string
  readonly summary: readonly string[]
  readonly tables: readonly Table[]
  /** how the tables are to be read */
  readonly notes: readonly string[]
  readonly figures: readonly Figure[]
  /** what makes the model again, and uses it */
  readonly commands: readonly string[]
  readonly version: string
}

// nothing is fetched, nothing runs: styles and fonts are in the page
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

/**
 * The report on a set of scenes as one page that needs nothing else; the same facts give the same
 * bytes.
 */
export function scenesPage({
  title,
  summary,
  tables,
  notes,
  figures,
  commands,
  version,
}: ScenesPage): string {
  const body = html`<header>
      <h1>${title}</h1>
      ${summary.map((text) => html`<p class="lead">${text}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${tables.map(tableBlock)} ${notes.map((text) => html`<p class="source">${text}</p>`)}
        ${figures.map((figure) => figureBlock(figure, 'scenes'))}
        <pre class="command"><code>${commands.join('\n')}</code></pre>
      </section>
    </main>`
  const css = [textFaces(body.text), palette(body.text), styles].join('\n')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="nonconvex ${version}" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${raw(css)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text
}
