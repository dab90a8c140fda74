import { checkerName, proofsOf } from '../files/proof-files.js'
import type { ReportEntry } from './entry.js'
import { html, type Html } from './html.js'
import { tableBlock } from './table.js'

/** All proofs of a report with their files, and the command that checks them; nothing if none. */
export function proofTable(entries: readonly ReportEntry[]): Html | undefined {
  const proofs = entries.flatMap(({ folder, result }) =>
    proofsOf(result.verdicts).map((proof) => ({ ...proof, folder })),
  )
  if (proofs.length === 0) return undefined
  const [{ folder }] = proofs
  return html`<section class="part">
    <h2 id="proofs">Proofs</h2>
    ${tableBlock({
      id: 'proofs',
      title: 'Claims that are proved, each with a certificate',
      columns: [
        { name: 'claim', title: 'claim' },
        { name: 'assertions', title: 'assertions' },
        { name: 'file', title: 'certificate' },
      ],
      rows: proofs.map(({ verdict, certificate, folder, file }) => [
        verdict.title,
        certificate.assertions.length,
        `${folder}/${file}`,
      ]),
    })}
    <p class="how">
      A program of the standard library of Python checks them, without any other code of this
      project, in its own exact arithmetic:
    </p>
    <pre class="command"><code>python3 ${folder}/${checkerName} results/*/*/proofs/*.json</code></pre>
  </section>`
}
