import { findExperiment } from '@nonconvex/experiments'
import { formatAddress } from '../state/address.js'
import type { Problem } from './problem.js'

/** An experiment that checks, for these values, what is seen here. */
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
  if (problem.apart)
    return [
      link('gaussian/landscape', { k }, `k = ${k}`),
      link('gaussian/gd-rate', { k, m: 2 }, `k = ${k}, m = 2`),
    ]
  return [
    link(
      'gaussian/overlap-minimum',
      { k: [k], stride, ...teacherInput(teacher) },
      `k = ${k}, stride ${stride}, this teacher`,
    ),
    link('gaussian/overlap-restarts', {}, 'random teachers of several sizes'),
  ]
}

/** Lengths do not matter there, so that the diagonals have their names. */
function teacherInput([x, y]: Float64Array): object {
  if (x === -y && y > 0) return { teacher: '(-1,1)' }
  if (x === y && y > 0) return { teacher: '(1,1)' }
  return { teacher: 'custom', custom: [x, y].map((t) => Number(t.toPrecision(6))) }
}
