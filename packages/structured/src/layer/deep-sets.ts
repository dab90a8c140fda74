import { gpiLayer, type GPILayer, type VectorMap } from './gpi-layer.js'
import type { Pool } from './pool.js'

type Element = readonly [x: Float64Array]

/** The parts of {@link deepSets}. */
export interface DeepSetsOptions {
  /** α, of each element */
  readonly alpha: VectorMap<Element>
  /** ρ, of an element and the pooled α of all */
  readonly rho: VectorMap<readonly [x: Float64Array, g: Float64Array]>
  /** over the elements; default sum */
  readonly pool?: Pool<Element>
}

/**
 * DeepSets: the layer without pairs. Labels depend on the multiset of elements, not on relations.
 *
 *     y_k = ρ(x_k, Σ_i α(x_i))
 *
 * @returns a layer that reads no pairs; the pooled α is its label of the graph. Without elements it
 *   is zero
 * @throws as gpiLayer. Cost: n calls of α and of ρ. Source: Zaheer et al. (2017).
 *
 * @example
 * import { deepSets, graphOf } from '@nonconvex/structured'
 * const share = deepSets({
 *   alpha: { width: 1, map: (x) => x },
 *   rho: { width: 1, map: (x, g) => [x[0] / g[0]] },
 * })
 * console.log(share(graphOf([[1], [3]])).nodes.data) // → Float64Array(2) [ 0.25, 0.75 ]
 */
export function deepSets({ alpha, rho, pool = 'sum' }: DeepSetsOptions): GPILayer {
  return gpiLayer({
    alpha: { width: alpha.width, map: (x) => alpha.map(x) },
    globalPool: pool,
    readout: 'literal',
    rho,
  })
}
