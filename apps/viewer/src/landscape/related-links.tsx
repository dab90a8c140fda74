import type { Problem } from './problem.js'
import { relatedTo } from './related.js'

/** The experiments that check what is seen here. */
export function RelatedLinks({ problem, seed }: { problem: Problem; seed: number }) {
  return (
    <section class="related">
      <h2>Checked by experiments</h2>
      <ul>
        {relatedTo(problem, seed).map(({ href, title, values }) => (
          <li key={title}>
            <a href={href}>{title}</a> <span class="source">{values}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
