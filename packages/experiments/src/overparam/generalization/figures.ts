import { clopperPearson } from '@nonconvex/optim/statistics'
import type { SgdStatus } from '@nonconvex/overparam'
import { certificates, growthBound, marginBound } from '@nonconvex/overparam/generalization'
import { groupsBy } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { curvesPanel, type Curve } from '../runs/curves-panel.js'
import type { generalization } from './experiment.js'

type Params = ParamsOf<typeof generalization>

/**
 * Counts of the runs on one sample: `conclude` computes every bound from them.
 */
export type SampleMeasured = {
  readonly n: number
  /** of the run on n examples */
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly steps: number
  /** examples never updated that end with y N(x) < 1 */
  readonly shortUnused: number
  /**
   * B_slope with the separator and the radius of the population: known before the sample is drawn
   */
  readonly theorem: number
  /** points of the population with y N ≤ 0, and with y N < 1 */
  readonly errors: number
  readonly short: number
  /** the same errors among the held-out draws */
  readonly heldOutErrors: number
  /** weights that differ when only the updated examples are trained on, and when some more are */
  readonly differing: number
  readonly differingMore: number
  readonly added: number
  /** of another run, on n + 1 examples */
  readonly moreStatus: SgdStatus
  readonly moreDistinct: number
}

/** The bounds of a run, each with its own δ, and the true fractions, all from counts. */
export interface SampleBounds {
  /** E1, E2, E3, E4: of y N(x) < 1 */
  readonly sequence: number
  readonly multiset: number
  readonly subset: number
  readonly blocks: number
  /** c/(n + 1): an estimate of the mean */
  readonly leaveOneOut: number
  /** with the observed U, an illustration */
  readonly published: number
  /** of the error */
  readonly heldOut: number
  readonly margin: number
  readonly growth: number
  /** true fractions: y N(x) < 1, and y N(x) ≤ 0 */
  readonly short: number
  readonly error: number
}

/** All reported numbers of a sample, from its counts and parameters alone. */
export function boundsOf(m: SampleMeasured, p: Params, delta: number): SampleBounds {
  const { n, updates, distinct, shortUnused } = m
  const all = certificates({ n, updates, distinct, errorsUnused: shortUnused, delta })
  return {
    sequence: all.sequence,
    multiset: all.multiset,
    subset: all.set,
    blocks: all.blocks.eps,
    leaveOneOut: all.loo,
    published: all.paper,
    heldOut: clopperPearson(m.heldOutErrors, p.heldOut, delta),
    // points have norm 1, and y w*·x ≥ 1 for the normal divided by gamma
    margin: marginBound({ n, radius: 1, wStarNorm: 1 / p.gamma, delta }),
    growth: growthBound({ n, k: p.k, d: p.d, delta }),
    short: m.short / p.population,
    error: m.errors / p.population,
  }
}

type Drawn = readonly Curve<SampleBounds>[]

const ofMargin: Drawn = [
  { of: (p) => p.sequence, name: 'sequence of updates', tone: 'bound' },
  { of: (p) => p.subset, name: 'updated subset', tone: 'bound', dy: -6 },
  { of: (p) => p.blocks, name: 'subset by blocks', tone: 'bound', dy: 7 },
  { of: (p) => p.leaveOneOut, name: 'mean: c/(n + 1)', tone: 'bound', dash: true },
  { of: (p) => p.short, name: 'true fraction', tone: 'measured' },
]
const ofError: Drawn = [
  { of: (p) => p.growth, name: 'growth function', tone: 'bound', dy: -6 },
  { of: (p) => p.published, name: 'published bound, if n ≥ 2U', tone: 'bound', dash: true, dy: 7 },
  { of: (p) => p.margin, name: 'max-margin separator', tone: 'bound', dash: true },
  { of: (p) => p.heldOut, name: 'held-out examples', tone: 'bound' },
  { of: (p) => p.error, name: 'true error', tone: 'measured' },
]

/** Bounds and true fractions against the sample size. */
export function generalizationFigures(
  samples: readonly SampleMeasured[],
  p: Params,
): readonly Figure[] {
  if (samples.length === 0) return []
  const groups = groupsBy(samples, ({ n }) => n).map(({ at, rows }) => ({
    at,
    rows: rows.map((sample) => boundsOf(sample, p, p.delta)),
  }))
  const panel = (title: string, curves: Drawn): Panel =>
    curvesPanel({
      title,
      x: 'n, examples',
      groups,
      curves,
      bar: (values) => [quantile(values, 0.05), quantile(values, 0.95)],
    })
  return [
    {
      id: 'guarantees',
      title: 'Compression bounds are non-vacuous; parameter counting is vacuous',
      caption: `Means over samples of each size, $\\delta = ${p.delta}$; bars show the 5 % and 95 % quantiles; bars that reach 0 are cut at the lowest value drawn. Left: fraction of the population with $yN(x) < 1$, and its compression bounds from the updated examples; the dashed line estimates a bound of the mean. Right: errors $yN(x) \\le 0$; the dashed lines do not apply to this network: one is the published bound with the observed number of updates, which is non-vacuous only if $n\\ge 2U$ in every sample of a size, the other is for the max-margin separator. Bounds above 1 are vacuous; those above 100 are not drawn.`,
      panels: [panel('Population with y N(x) < 1', ofMargin), panel('Errors', ofError)],
    },
  ]
}

function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(level * (sorted.length - 1))]
}
