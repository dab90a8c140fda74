import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import { source } from '../source.js'
import type { PerceptronMeasured, RuleMeasured } from './measure.js'
import type { PerceptronParams } from './params.js'

const bounded = (id: string, rule: string, theorem: string, ours?: string): Claim => ({
  id: `overparam/${id}`,
  title: `${rule} stops within its bound`,
  rigor: 'float64',
  source: { ...source, theorem, ...(ours !== undefined && { ours }) },
})

/** A rule whose updates are bounded on separable data. */
export interface BoundedRule {
  readonly claim: Claim
  readonly name: string
  readonly of: (m: PerceptronMeasured) => RuleMeasured
  /** with the largest margin of a unit vector; null if there is none */
  readonly bound: (m: PerceptronMeasured, p: PerceptronParams) => number | null
}

const novikoff = ({ radius, margin }: PerceptronMeasured): number | null =>
  margin === null ? null : (radius / margin) ** 2

export const rules: readonly BoundedRule[] = [
  {
    claim: bounded('perceptron-bounded', 'The perceptron', 'Novikoff (1962)'),
    name: 'perceptron',
    of: (m) => m.perceptron,
    bound: novikoff,
  },
  {
    claim: bounded(
      'batch-perceptron-bounded',
      'The batch perceptron',
      'Novikoff (1962)',
      'the mean',
    ),
    name: 'batch perceptron',
    of: (m) => m.batch,
    bound: novikoff,
  },
  {
    claim: bounded(
      'margin-perceptron-bounded',
      'The margin perceptron',
      'number of updates, α = 1',
    ),
    name: 'margin perceptron',
    of: (m) => m.marginRule,
    bound: ({ radius, margin }, { eta }) =>
      margin === null ? null : (radius ** 2 + 2 / eta) / margin ** 2,
  },
]

/** The same updates. */
const linearLimit: Claim = {
  id: 'overparam/linear-limit',
  title: 'With α = 1 the network from zero makes the updates of the margin perceptron',
  rigor: 'float64',
  source: { ...source, ours: 'it is the linear rule with step 2kηv²' },
}

/** The same mistakes. */
const perceptronLimit: Claim = {
  id: 'overparam/perceptron-limit',
  title: 'With α = 1 and a step without bound it makes the mistakes of the perceptron',
  rigor: 'float64',
  source: { ...source, ours: 'the 1 of the hinge loss vanishes beside the outputs' },
}

type Data = readonly PerceptronMeasured[]

const sets = (count: number): string => `${readable(count)} data set${count === 1 ? '' : 's'}`

const separable = (data: Data): Hypothesis =>
  hypothesis(
    'a separator through the origin exists',
    data.every(({ margin }) => margin !== null),
  )

/** No rule makes more updates than its bound, and each ends by itself. */
export function decideRule(
  rule: BoundedRule,
  data: Data,
  p: PerceptronParams,
  missing: number,
): Verdict {
  if (data.length === 0)
    return decide(rule.claim, { statement: 'no data sets yet', undecided: 'nothing was run' })
  const compared = data.flatMap((m) => {
    const bound = rule.bound(m, p)
    return bound === null ? [] : [{ updates: rule.of(m).updates, bound }]
  })
  const closest = compared.reduce<(typeof compared)[0] | undefined>(
    (a, b) => (a && a.updates / a.bound >= b.updates / b.bound ? a : b),
    undefined,
  )
  const cut = data.filter((m) => !rule.of(m).converged).length
  const broken = closest !== undefined && closest.updates > closest.bound
  const reason =
    missing > 0
      ? `${sets(missing)} to come`
      : cut > 0
        ? `the budget ended it on ${sets(cut)}`
        : undefined
  return decide(rule.claim, {
    statement: closest
      ? `on ${sets(data.length)}; closest to its bound: ${readable(closest.updates)} updates of ${readable(closest.bound, 4)} allowed`
      : `on ${sets(data.length)}, none with a separator`,
    measured: closest?.updates ?? 0,
    relation: '<=',
    bound: closest?.bound ?? 0,
    hypotheses: [separable(data)],
    ...(!broken && reason !== undefined && { undecided: reason }),
  })
}

const same = (a: RuleMeasured, b: RuleMeasured): boolean =>
  a.updates === b.updates && a.distinct === b.distinct && a.steps === b.steps

function decideLimit(
  claim: Claim,
  given: {
    readonly data: Data
    readonly missing: number
    readonly limit: number
    readonly pair: (m: PerceptronMeasured) => readonly [RuleMeasured, RuleMeasured]
  },
): Verdict {
  const { data, missing, limit, pair } = given
  if (data.length === 0)
    return decide(claim, { statement: 'no data sets yet', undecided: 'nothing was run' })
  const differing = data.filter((m) => !same(...pair(m))).length
  const updates = data.reduce((sum, m) => sum + pair(m)[0].updates, 0)
  return decide(claim, {
    statement: `updates, examples and visits differ on ${readable(differing)} of ${sets(data.length)}, with ${readable(updates)} updates`,
    measured: differing,
    relation: '<=',
    bound: 0,
    hypotheses: [hypothesis('the leak is 1', limit === 1, limit)],
    ...(differing === 0 && missing > 0 && { undecided: `${sets(missing)} to come` }),
  })
}

/**
 * Both limits: on every data set the same number of updates, of distinct examples and of visits.
 */
export const decideLimits = (
  data: Data,
  p: PerceptronParams,
  missing: number,
): readonly Verdict[] => [
  decideLimit(linearLimit, {
    data,
    missing,
    limit: p.limit,
    pair: (m) => [m.linear, m.marginRule],
  }),
  decideLimit(perceptronLimit, {
    data,
    missing,
    limit: p.limit,
    pair: (m) => [m.huge, m.perceptron],
  }),
]
