import { findExperiment } from '@nonconvex/experiments'
import { formatAddress } from '../state/address.js'
import type { Problem } from './problem.js'

/** An experiment that verifies what the page shows. */
export interface Related {
  readonly href: string
  readonly title: string
  /** with which values it opens */
  readonly values: string
}

export function relatedTo(problem: Problem, seed: number): readonly Related[] {
  const { k, stride, teacher } = problem
  const link = (id: string, input: object, values: string): Related => {
    const experiment = findExperiment(id)
    const params = experiment.params.parse({ ...input })
    return { href: formatAddress(experiment, params, seed), title: experiment.title, values }
  }
  if (problem.disjoint)
    return [
      link('gaussian/landscape', { k }, `k = ${k}`),
      link('gaussian/gd-rate', { k, m: 2 }, `k = ${k}, m = 2`),
    ]
  const [x, y] = teacher
  return [
    x === -y
      ? link(
          'gaussian/overlap-minimum',
          { k: [k], stride, ...(x > 0 && { teacher: 'custom', custom: [1, -1] }) },
          `k = ${k}, this teacher`,
        )
      : link(
          'gaussian/overlap-atlas',
          { m: [2], stride: [stride], k: [Math.min(k, ATLAS_K)] },
          `k = ${Math.min(k, ATLAS_K)}, random teachers`,
        ),
    link('gaussian/overlap-restarts', {}, 'random teachers of several sizes'),
  ]
}

/** The largest number of patches of the atlas. */
const ATLAS_K = 16

/** The experiments that verify what the page shows. */
export function RelatedLinks({ problem, seed }: { problem: Problem; seed: number }) {
  return (
    <section class="related">
      <h2>Related experiments</h2>
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
