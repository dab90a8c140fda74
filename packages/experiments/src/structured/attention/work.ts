import {
  attentionForgetsCounts,
  attentionHasForm,
  gpiLayer,
  graphOf,
  type Graph,
  type GPILayerOptions,
} from '@nonconvex/structured'
import { mixedSampler } from '@nonconvex/structured/invariance'
import type { Stream } from '@nonconvex/tensor'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { attention, poolNames, pools, type Pool } from './experiment.js'
import { starFigure } from './figures.js'

export type LayerMeasured = {
  /**
   * largest difference of labels between attention and the divided sum, in units of 1 + the largest
   * label
   */
  readonly neighbor: number
  readonly feature: number
  /** first entry of the pooled value at the center for 1, 2, 3 … equal leaves, by pool */
  readonly stars: readonly (readonly number[])[]
}

export type AttentionMeasured = { readonly layers: readonly LayerMeasured[] }

export const work = workOf(attention, {
  parts: {
    layers: {
      measure: ({ from, to }, { params, stream }): AttentionMeasured => ({
        layers: Array.from({ length: to - from }, (_, i) =>
          ofLayer(stream.child('layer', from + i), params.leaves),
        ),
      }),
    },
  },
  conclude: (rows, { leaves }, verdict) => {
    const layers = rows.layers.flatMap(({ measured }) => measured.layers)
    // by number of leaves, each pool of the first layer relative to one leaf
    const stars = layers
      .slice(0, 1)
      .flatMap((first) =>
        Array.from({ length: leaves }, (_, m) => first.stars.map((star) => star[m] / star[0])),
      )
    return {
      verdicts: [
        verdict(attentionHasForm, ['layers'], () =>
          layers.flatMap(({ neighbor, feature }) => [neighbor, feature]),
        ),
        verdict(attentionForgetsCounts, ['layers'], () =>
          layers.flatMap((layer) => pools.map((pool, p) => ({ pool, values: layer.stars[p] }))),
        ),
      ],
      tables: [
        tableOf(
          'stars',
          'Pooled value at the center of a star with equal leaves, relative to one leaf',
          stars,
          {
            leaves: ['leaves', (_, m) => m + 1],
            ...Object.fromEntries(
              pools.map(
                (pool, p) =>
                  [pool, [poolNames[pool], (star: readonly number[]) => star[p], 6]] as const,
              ),
            ),
          },
        ),
      ],
      figures: [starFigure(stars, leaves)],
    }
  },
})

type Values = readonly Float64Array[]
type Vector = (...z: Values) => number[]

/** Two units of 3 numbers each: ReLU for φ, which is at least 1/2, or linear for β. */
function unit(source: Stream, relu: boolean): Vector {
  const w = source.normalInto(new Float64Array(8))
  return (...z) => {
    const x = z.map(([first]) => first)
    return [0, 4].map((at) => {
      const sum = x.reduce((total, value, i) => total + w[at + i] * value, w[at + 3])
      return relu ? Math.max(0.5, sum) : sum
    })
  }
}

function ofLayer(source: Stream, leaves: number): LayerMeasured {
  const phi = unit(source.child('phi'), true)
  const beta = unit(source.child('beta'), false)
  const readout = { width: 2, map: (...z: Values) => [z[0][0] + z[1][0], z[0][0] * z[1][1]] }
  const over = {
    sum: 'sum',
    mean: 'mean',
    neighbor: { attention: 'neighbor', beta: (...z: Values) => beta(...z)[0] },
    feature: { attention: 'feature', beta },
  } as const
  const withPool = (pool: Pool): GPILayerOptions => ({
    phi: { width: 2, map: phi },
    pool: over[pool],
    rho: readout,
  })
  /** φ emits e^β v and e^β, summed; ρ divides: the form of the theorem. */
  const divided = (scores: Vector): GPILayerOptions => ({
    phi: {
      width: 4,
      map: (...z: Values) => {
        const [v, b] = [phi(...z), scores(...z)]
        return [v[0] * Math.exp(b[0]), v[1] * Math.exp(b[1]), Math.exp(b[0]), Math.exp(b[1])]
      },
    },
    rho: {
      width: 2,
      map: (zk, s) => {
        const part = (f: number): number => (s[2 + f] > 0 ? s[f] / s[2 + f] : 0)
        return readout.map(zk, Float64Array.of(part(0), part(1)))
      },
    },
  })
  const graphs = Array.from({ length: 12 }, (_, t) =>
    mixedSampler(1, 1)(source.child('graph', t), 1 + (t % 5), 4 * t),
  )
  const apart = (a: GPILayerOptions, b: GPILayerOptions): number =>
    Math.max(
      ...graphs.map((graph) => {
        const [x, y] = [a, b].map((options) => gpiLayer(options)(graph).nodes.data)
        const scale = 1 + Math.max(0, ...x.map(Math.abs))
        return Math.max(0, ...x.map((value, i) => Math.abs(value - y[i]))) / scale
      }),
    )
  const single: Vector = (...z) => {
    const [b] = beta(...z)
    return [b, b]
  }
  const leaf = source.child('leaf').normal()
  return {
    neighbor: apart(withPool('neighbor'), divided(single)),
    feature: apart(withPool('feature'), divided(beta)),
    stars: pools.map((pool) => {
      const layer = gpiLayer({ ...withPool(pool), rho: { width: 1, map: (_, s) => [s[0]] } })
      return Array.from({ length: leaves }, (_, m) => layer(star(m + 1, leaf)).nodes.data[0])
    }),
  }
}

/** A center, and m leaves of equal features; pairs between center and leaves only. */
function star(m: number, leaf: number): Graph {
  const places = Array.from({ length: m + 1 }, (_, i) => i)
  return graphOf(
    places.map((i) => [i === 0 ? 1 : leaf]),
    places.map(() => places.map(() => [1])),
    places.map((i) => places.map((j) => Number((i === 0) !== (j === 0)))),
  )
}
