import { checkCount } from '@nonconvex/tensor/check'
import { checkGraph, type Graph } from '../graph/graph.js'
import type { GPILayer, LayerLabels } from './gpi-layer.js'

/** Number of applications of a layer, and the next input. */
export interface RepeatOptions {
  /** integer ≥ 1 */
  readonly steps: number
  /**
   * The next input, from the input before and its labels; default: labels replace features, if
   * there are any. It must be permutation equivariant, like the layer.
   */
  readonly feed?: (before: Graph, labels: LayerLabels) => Graph
}

/**
 * Applies the same layer `steps` times, each time to the input that `feed` makes from its labels;
 * returns the labels of the last step.
 *
 * Graph-permutation invariant if the layer and `feed` are.
 *
 * @throws RangeError for steps that are not an integer ≥ 1
 * Cost: `steps` times that of the layer. Source: Herzig et al. (2018), recurrence with shared
 * weights.
 *
 * @example
 * import { gpiLayer, graphOf, repeatGPI } from '@nonconvex/structured'
 * const spread = gpiLayer({
 *   phi: { width: 1, map: (zi, zij, zj) => [zij[0] * zj[0]] },
 *   rho: { width: 1, map: (zk, sk) => [Math.max(zk[0], sk[0])] },
 * })
 * const path = graphOf([[1], [0], [0]], [[[0], [1], [0]], [[1], [0], [1]], [[0], [1], [0]]])
 * console.log(repeatGPI(spread, { steps: 2 })(path).nodes.data) // → Float64Array(3) [ 1, 1, 1 ]
 */
export function repeatGPI(layer: GPILayer, { steps, feed = replace }: RepeatOptions): GPILayer {
  checkCount('repeatGPI', 'steps', steps)
  return (graph) => {
    checkGraph('repeatGPI', graph)
    let labels = layer(graph)
    for (let step = 1; step < steps; step++) {
      graph = feed(graph, labels)
      labels = layer(graph)
    }
    return labels
  }
}

function replace(before: Graph, { nodes, edges = before.edges }: LayerLabels): Graph {
  return { ...before, nodes, edges }
}
