import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { curvesPanel, type Curve } from '../runs/curves-panel.js'
import { promisesOf, type Promises, type SampleMeasured } from './guarantees.js'
import type { generalization } from './experiment.js'

type Params = ParamsOf<typeof generalization>

type Drawn = Pick<Curve, 'name' | 'tone' | 'dash' | 'dy'> & { readonly of: keyof Promises }

const ofMargin: readonly Drawn[] = [
  { of: 'sequence', name: 'sequence of updates', tone: 'bound' },
  { of: 'subset', name: 'updated subset', tone: 'bound', dy: -6 },
  { of: 'blocks', name: 'subset by blocks', tone: 'bound', dy: 7 },
  { of: 'leaveOneOut', name: 'mean: c/(n + 1)', tone: 'bound', dash: true },
  { of: 'short', name: 'true fraction', tone: 'measured' },
]
const ofError: readonly Drawn[] = [
  { of: 'growth', name: 'growth function', tone: 'bound', dy: -6 },
  { of: 'published', name: 'published bound, if n ≥ 2U', tone: 'bound', dash: true, dy: 7 },
  { of: 'margin', name: 'max-margin separator', tone: 'bound', dash: true },
  { of: 'heldOut', name: 'held-out examples', tone: 'bound' },
  { of: 'error', name: 'true error', tone: 'measured' },
]

/** Bounds and truth against the sample size. */
export function generalizationFigures(
  samples: readonly SampleMeasured[],
  p: Params,
): readonly Figure[] {
  if (samples.length === 0) return []
  const sizes = [...new Set(samples.map(({ n }) => n))].sort((a, b) => a - b)
  const promised = sizes.map((n) =>
    samples.filter((sample) => sample.n === n).map((sample) => promisesOf(sample, p, p.delta)),
  )
  const panel = (title: string, drawn: readonly Drawn[]): Panel =>
    curvesPanel({
      title,
      x: { label: 'n, examples', at: sizes },
      curves: drawn.map((one) => curveOf(one, promised)),
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

function curveOf({ of, ...look }: Drawn, promised: readonly (readonly Promises[])[]): Curve {
  const quantile = (level: number): number[] =>
    promised.map((some) => {
      const sorted = some.map((one) => one[of]).sort((a, b) => a - b)
      return sorted[Math.floor(level * (sorted.length - 1))]
    })
  return {
    ...look,
    means: promised.map((some) => mean(some.map((one) => one[of]))),
    ...(look.tone === 'measured' && { bars: { low: quantile(0.05), high: quantile(0.95) } }),
  }
}
