import { checkInteger } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import type { Graph } from '../graph/graph.js'

/** Draws a graph of n nodes; `trial` counts the graphs of this size from 0. */
export type GraphSampler = (source: Stream, n: number, trial: number) => Graph

const NODE_KINDS = ['normal', 'all equal', 'pairs equal', 'whole'] as const
const EDGE_KINDS = ['normal', 'few values', 'zero'] as const
const MASK_KINDS = ['none', 'sparse', 'isolated', 'empty', 'symmetric', 'all'] as const

/**
 * A sampler of graphs that mixes general position with ties, on which dependence on positions
 * appears.
 *
 * Successive trials run through all 72 combinations of: features of nodes normal, all equal, equal
 * in pairs, small whole numbers; of pairs normal, 0 or 1, all zero; mask absent, half of the
 * ordered pairs, one node isolated, no pair, half of the unordered pairs, all pairs. Each mask
 * occurs twice in every dozen trials.
 *
 * @param d - features of a node, integer ≥ 0
 * @param e - features of a pair, integer ≥ 0
 * @throws RangeError for other sizes
 *
 * @example
 * import { mixedSampler } from '@nonconvex/structured/invariance'
 * import { stream } from '@nonconvex/tensor'
 * // trial 1 of the 72: all nodes alike
 * const { nodes } = mixedSampler(1, 1)(stream(1), 3, 1)
 * console.log(nodes.data[0] === nodes.data[2]) // → true
 */
export function mixedSampler(d: number, e: number): GraphSampler {
  checkInteger('mixedSampler', 'd', d, 0)
  checkInteger('mixedSampler', 'e', e, 0)
  return (source, n, trial) => {
    const nodeKind = NODE_KINDS[trial % 4]
    const edgeKind = EDGE_KINDS[Math.floor(trial / 4) % 3]
    // moves on with each trial, or the last masks would come after the 60th
    const maskKind = MASK_KINDS[(trial + Math.floor(trial / 12)) % 6]
    const nodes = nodeFeatures(source.child('nodes'), nodeKind, n, d)
    const edges = edgeFeatures(source.child('edges'), edgeKind, n * n * e)
    const mask = pairMask(source.child('mask'), maskKind, n)
    return {
      nodes: { rows: n, cols: d, data: nodes },
      edges: { rows: n * n, cols: e, data: edges },
      ...(mask && { mask }),
    }
  }
}

function nodeFeatures(
  source: Stream,
  kind: (typeof NODE_KINDS)[number],
  n: number,
  d: number,
): Float64Array {
  const out = source.normalInto(new Float64Array(n * d))
  if (kind === 'whole') return out.map((x) => Math.round(x))
  if (kind === 'normal') return out
  // in a random order, or twins would always be neighbors
  const order = source.permutation(n)
  for (let i = 1; i < n; i++) {
    const like = order[kind === 'all equal' ? 0 : i - (i % 2)]
    out.copyWithin(order[i] * d, like * d, (like + 1) * d)
  }
  return out
}

function edgeFeatures(
  source: Stream,
  kind: (typeof EDGE_KINDS)[number],
  size: number,
): Float64Array {
  const out = new Float64Array(size)
  if (kind === 'normal') return source.normalInto(out)
  return kind === 'zero' ? out : out.map(() => source.integer(2))
}

function pairMask(
  source: Stream,
  kind: (typeof MASK_KINDS)[number],
  n: number,
): Uint8Array | undefined {
  if (kind === 'none') return undefined
  const mask = new Uint8Array(n * n)
  if (kind === 'empty' || n === 0) return mask
  const alone = source.integer(n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const pair = i * n + j
      if (kind === 'sparse') mask[pair] = source.integer(2)
      else if (kind === 'symmetric') mask[pair] = i < j ? source.integer(2) : mask[j * n + i]
      else mask[pair] = Number(kind === 'all' || (i !== alone && j !== alone))
    }
  return mask
}
