import type { Graph } from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor/random'
import { C, graphOfScene, labelledScenes, R } from './demo.js'
import type { Settings } from './messages.js'

/** The first n objects of a scene drawn from the stream, or all of them, if there are fewer. */
export function ofSize(source: Stream, n: number, settings: Settings): Graph {
  const [{ nodes, edges }] = labelledScenes(source, 1, settings).map(graphOfScene)
  const kept = Math.min(n, nodes.rows)
  const data = new Float64Array(kept * kept * R)
  for (let i = 0; i < kept; i++) {
    const row = edges.data.subarray(i * nodes.rows * R, (i * nodes.rows + kept) * R)
    data.set(row, i * kept * R)
  }
  return {
    nodes: { rows: kept, cols: C, data: nodes.data.slice(0, kept * C) },
    edges: { rows: kept * kept, cols: R, data },
  }
}
