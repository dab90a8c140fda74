import type { FailedEntry, ReportEntry, ReportFacts } from './entry.js'
import { html } from './html.js'
import { htmlPage } from './page.js'
import { contents, counts } from './contents.js'
import { ledger, runLine } from './ledger.js'
import { proofTable } from './proofs.js'
import { section } from './section.js'

/**
 * The report as one page: the ledger of theorems, then a section for each experiment. It needs no
 * network and no scripts; formulas are typeset and fonts are in it. The same entries and facts give
 * the same bytes.
 *
 * @param failed - experiments without a result, listed at the top
 */
export function makeReport(
  entries: readonly ReportEntry[],
  facts: ReportFacts,
  failed: readonly FailedEntry[] = [],
): string {
  const proofs = proofTable(entries)
  const body = html`${contents(entries, proofs !== undefined)}
    <header>
      <h1>
        How gradient descent succeeds despite <span>non-convexity</span> and
        <span>over-parameterization</span>
      </h1>
      <p class="lead">
        Each theorem below was run on this machine: its hypotheses were evaluated, its conclusion
        was checked on the run, and its figures were drawn from one seed.
      </p>
      ${counts(entries, new Set(failed.map(({ experiment }) => experiment.id)).size)} ${runLine(facts)}
    </header>
    <main>
      <div id="ledger">${ledger(entries, failed)}</div>
      ${proofs}
      <p class="how">
        Each section ends with its data and the commands that reproduce and verify it, for the npm
        package <code>nonconvex</code>. In a clone of the repository <code>nonconvex</code> is
        <code>npm run -s nonconvex --</code>
      </p>
      ${
        facts.viewer === true &&
        html`<p class="how">
          “Interactive” below a figure opens it in the <a href="viewer/index.html">viewer</a> with
          its parameters, which can be changed there. Browsers run the viewer from a web server
          only: open this report through one, such as <code>npx serve</code> in its folder. Opened
          as a file, the viewer says so.
        </p>`
      }
      ${entries.map((entry) => section(entry, facts.viewer === true))}
    </main>`
  return htmlPage(
    `nonconvex: claims, seed ${facts.seed}, ${facts.preset} preset`,
    facts.version,
    body,
  )
}
