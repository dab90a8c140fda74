import { htmlPage } from '../report/page.js'
import type { ShownTable } from '../text/prose.js'
import type { Figure } from '@nonconvex/experiments/figure'
import { figureBlock } from '../report/figure.js'
import { html } from '../report/html.js'
import { tableBlock } from '../report/table.js'

/** What the page of a model of scene graphs shows. */
export interface ScenesPage {
  readonly title: string
  readonly summary: readonly string[]
  readonly tables: readonly ShownTable[]
  /** how the tables are to be read */
  readonly notes: readonly string[]
  readonly figures: readonly Figure[]
  /** what makes the model again, and uses it */
  readonly commands: readonly string[]
  readonly version: string
}

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
  return htmlPage(title, version, body)
}
