import { batchStructure, type GraphBatch } from '../batch/graph-batch.js'
import type { BatchedLayer } from '../batch/batched-layer.js'
import type { NamedParameters } from '../batch/parameters.js'

/** Padded arrays from tensors. */
export interface PaddedGraphs {
  readonly graphs: number
  /** n, the largest number of nodes */
  readonly room: number
  /** [B · n · d], [B · n · n · e] */
  readonly nodes: ArrayLike<number>
  readonly edges: ArrayLike<number>
  /** [B · n], [B · n · n] */
  readonly nodeMask: ArrayLike<number>
  readonly pairMask: ArrayLike<number>
}

/** Padded graphs as a batch without padding, with the indices of its nodes and pairs. */
export interface Unpadded {
  readonly batch: GraphBatch
  readonly nodeRows: Int32Array
  readonly pairRows: Int32Array
}

export function unpad(padded: PaddedGraphs, d: number, e: number): Unpadded {
  const { graphs, room: n, nodeMask, pairMask } = padded
  const kept = Array.from({ length: graphs }, (_, b) =>
    Array.from({ length: n }, (__, k) => b * n + k).filter((row) => nodeMask[row] > 0),
  )
  const nodeRows = Int32Array.from(kept.flat())
  const pairRow = (k: number, l: number): number => k * n + (l % n)
  const lists = batchStructure({
    sizes: kept.map((rows) => rows.length),
    exists: (b, k, l) => pairMask[pairRow(kept[b][k], kept[b][l])] > 0,
  })
  const pairRows = lists.i.map((i, p) => pairRow(nodeRows[i], nodeRows[lists.j[p]]))
  const batch: GraphBatch = {
    ...lists,
    nodeFeatures: d,
    edgeFeatures: e,
    nodes: takeRows(padded.nodes, nodeRows, d),
    edges: takeRows(padded.edges, pairRows, e),
  }
  return { batch, nodeRows, pairRows }
}

/** The rows listed, one after the other. */
export function takeRows(from: ArrayLike<number>, rows: Int32Array, cols: number): Float64Array {
  const out = new Float64Array(rows.length * cols)
  rows.forEach((row, r) => {
    for (let c = 0; c < cols; c++) out[r * cols + c] = from[row * cols + c]
  })
  return out
}

/**
 * Scatters rows among `count` rows, zeros elsewhere; written to `to` from `start` on.
 */
export function putRows(
  to: Float32Array,
  start: number,
  values: Float64Array,
  rows: Int32Array,
  cols: number,
): void {
  rows.forEach((row, r) => {
    for (let c = 0; c < cols; c++) to[start + row * cols + c] = values[r * cols + c]
  })
}

/** The call that owns a layer's memory. */
export interface Owner {
  readonly layer: BatchedLayer
  last: object | undefined
}

/** Runs the forward pass; `call` owns the memory from now on. */
export function runForward(
  owner: Owner,
  call: object,
  named: NamedParameters,
  { batch }: Unpadded,
): void {
  owner.layer.setParameters(named)
  owner.layer.load(batch)
  owner.layer.forward()
  owner.last = call
}
