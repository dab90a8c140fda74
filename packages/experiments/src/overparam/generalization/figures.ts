import { groupsBy } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { curvesPanel, type Curve } from '../runs/curves-panel.js'
import { promisesOf, type Promises, type SampleMeasured } from './guarantees.js'
import type { generalization } from './experiment.js'

type Params = ParamsOf<typeof generalization>

type Drawn = readonly Curve<Promises>[]

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

/** Bounds and truth against the sample size. */
export function generalizationFigures(
  samples: readonly SampleMeasured[],
  p: Params,
): readonly Figure[] {
  if (samples.length === 0) return []
  const groups = groupsBy(samples, ({ n }) => n).map(({ at, rows }) => ({
    at,
    rows: rows.map((sample) => promisesOf(sample, p, p.delta)),
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
