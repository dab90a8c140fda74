import { ShapeError } from '@nonconvex/tensor'
import type { Block, Ops } from '../kernel/ops.js'

/** Copies rows from a block, one after the other. */
export function readRows(
  from: Float32Array | Float64Array,
  { at, ld }: Block,
  rows: number,
  cols: number,
): Float64Array {
  const out = new Float64Array(rows * cols)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) out[r * cols + c] = from[at + r * ld + c]
  return out
}

/**
 * As {@link writeRows}, for user data. Throws RangeError with the index of a number that is not
 * finite in the precision of the block, which ReLUs would hide.
 */
export function writeFiniteRows(
  name: string,
  ops: Ops,
  to: Block,
  values: ArrayLike<number>,
  rows: number,
  cols: number,
): void {
  const { floats } = ops.space
  writeRows(name, floats, to, values, rows, cols)
  // entries beyond the columns may be anything: only a place among them is refused
  if (ops.finite(to, rows, cols + (-cols & 3))) return
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++)
      if (!Number.isFinite(floats[to.at + r * to.ld + c]))
        throw new RangeError(
          `BatchedLayer: ${name}[${r}, ${c}] must be finite in ${floats instanceof Float32Array ? 'float32' : 'float64'}, got ${values[r * cols + c]}`,
        )
}

/**
 * Copies rows to a block. Throws ShapeError for another length.
 */
export function writeRows(
  name: string,
  to: Float32Array | Float64Array,
  { at, ld }: Block,
  values: ArrayLike<number>,
  rows: number,
  cols: number,
): void {
  if (values.length !== rows * cols)
    throw new ShapeError(
      `BatchedLayer: ${name} must have ${rows} × ${cols} = ${rows * cols} numbers, got ${values.length}`,
    )
  if (ld === cols) {
    to.set(values, at)
    return
  }
  for (let r = 0, next = 0; r < rows; r++) {
    const row = at + r * ld
    for (let c = 0; c < cols; c++) to[row + c] = values[next++]
  }
}
