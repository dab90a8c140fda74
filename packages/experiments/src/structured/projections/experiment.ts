import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, integers, real } from '../../define/fields.js'
import { predictAndConstrain } from '../source.js'

/** Kinds of constraint sets, and what each is. */
export const kindNames = {
  budget: 'budget: sum equal to z',
  most: 'at most: sum ≤ c',
  least: 'at least: sum ≥ c',
  range: 'range: c ≤ sum ≤ C',
  weights: 'weights of both signs',
  groups: 'counts of disjoint groups',
  nested: 'nested groups',
  system: 'three linear equations',
  float32: 'budget, float32 batch',
  sigmoid: 'smooth: logistic',
  laplace: 'smooth: Laplace',
} as const

export type Kind = keyof typeof kindNames

export const kinds = Object.keys(kindNames) as readonly Kind[]

/** Projections onto labels that satisfy linear constraints, and their gradients. */
export const projections = experiment({
  id: 'structured/projections',
  part: 'architecture',
  name: 'Projections',
  title: 'Projections onto linear constraints are exact, and so are their gradients',
  about:
    'A constraint on labels, such as "two of these" or "at most five tables", is imposed by the projection of the scores onto the labels that satisfy it. ' +
    'For one budget it has one unknown $\\tau$, for $R$ constraints it has $R$. ' +
    'Feasibility is a sum, optimality the variational inequality; gradients by scores and by bounds are compared with finite differences, at ties and at the smallest and largest budget as well.',
  formula:
    'y = \\min(1, \\max(0, v - A^\\top\\tau)),\\qquad \\langle v - y,\\ u - y\\rangle \\le 0\\ \\text{ for all feasible } u',
  symbols: [
    { tex: 'v', text: 'scores of the labels' },
    { tex: 'A', text: 'coefficients of the constraints' },
    { tex: '\\tau', text: 'multipliers' },
    { tex: 'u', text: 'a feasible point' },
  ],
  source: {
    ...predictAndConstrain,
    ours: 'exact projections and their gradients',
  },
  params: {
    labels: integers({
      default: [1, 2, 5, 20, 100],
      min: 1,
      max: 1000,
      maxLength: 8,
      distinct: true,
      symbol: 'L',
      help: 'numbers of labels L',
    }),
    draws: count(100, 100_000, 'projections of each kind of constraint'),
    points: count(5, 100, 'feasible points that each projection is compared with'),
    cases: count(100, 100_000, 'gradients of each kind, at random scores and at ties'),
    scale: real({
      default: 1,
      min: 0.01,
      max: 100,
      scale: 'log',
      help: 'standard deviation of the scores',
    }),
  },
  presets: { quick: {}, full: { draws: 1000, points: 20, cases: 1000 } },
  expectedSeconds: { quick: 1, full: 20 },
  cells: {
    kind: () => kinds.map((kind) => ({ kind })),
    path: () => [{}],
  },
})

export type Params = ParamsOf<typeof projections>
