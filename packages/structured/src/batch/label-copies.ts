import { ShapeError } from '@nonconvex/tensor'
import type { Block, Space } from '../kernel/ops.js'
import type { Slot } from './buffers.js'
import type { Columns, Layout } from './layout.js'
import type { Pass } from './pass.js'

/**
 * Labels of a batch: of its nodes [N · C], of its pairs [P · R], row-major; gates, if any, last.
 */
export interface BatchLabels {
  readonly nodes: Float64Array
  readonly edges: Float64Array
}

/** The labels of a slot, copied. */
export function readLabels({ ops, layout, counts }: Pass, { y, ye }: Slot): BatchLabels {
  const [node, edge] = columnsOf(layout)
  return {
    nodes: readColumns(ops.space.floats, y, counts.nodes, node),
    edges: readColumns(ops.space.floats, ye, counts.pairs, edge),
  }
}

/**
 * Replaces the labels of a slot. Throws ShapeError for another length.
 */
export function writeLabels(
  { ops, layout, counts }: Pass,
  { y, ye }: Slot,
  nodes: ArrayLike<number>,
  edges: ArrayLike<number>,
): void {
  const [node, edge] = columnsOf(layout)
  writeColumns('gradients of nodes', ops.space.floats, y, nodes, counts.nodes, node)
  writeColumns('gradients of pairs', ops.space.floats, ye, edges, counts.pairs, edge)
}

/** Columns of outputs and of gates. */
function columnsOf({ sizes, nodeGate, pairGate }: Layout): readonly (readonly Columns[])[] {
  return [
    [
      { from: 0, width: sizes.nodeOutputs },
      { from: nodeGate.from, width: sizes.nodeGates },
    ],
    [
      { from: 0, width: sizes.edgeOutputs },
      { from: pairGate.from, width: sizes.edgeGates },
    ],
  ]
}

const widthOf = (parts: readonly Columns[]): number =>
  parts.reduce((sum, { width }) => sum + width, 0)

function readColumns(
  floats: Space['floats'],
  { at, ld }: Block,
  rows: number,
  parts: readonly Columns[],
): Float64Array {
  const out = new Float64Array(rows * widthOf(parts))
  let to = 0
  for (let r = 0; r < rows; r++)
    for (const { from, width } of parts) {
      const first = at + r * ld + from
      for (let c = 0; c < width; c++) out[to++] = floats[first + c]
    }
  return out
}

function writeColumns(
  name: string,
  floats: Space['floats'],
  { at, ld }: Block,
  values: ArrayLike<number>,
  rows: number,
  parts: readonly Columns[],
): void {
  const cols = widthOf(parts)
  if (values.length !== rows * cols)
    throw new ShapeError(
      `BatchedLayer: ${name} must have ${rows} × ${cols} = ${rows * cols} numbers, got ${values.length}`,
    )
  let next = 0
  for (let r = 0; r < rows; r++)
    for (const { from, width } of parts) {
      const first = at + r * ld + from
      for (let c = 0; c < width; c++) floats[first + c] = values[next++]
    }
}
