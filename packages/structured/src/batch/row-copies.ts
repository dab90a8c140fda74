import { ShapeError } from '@nonconvex/tensor'
import type { Block } from '../kernel/ops.js'

/** Rows of a block, copied one after the other. */
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
 * As {@link writeRows}, for what comes from outside. Throws RangeError with the place of what is not finite in the precision of the
 * block: ReLUs would hide it.
 */
export function writeFiniteRows(...all: Parameters<typeof writeRows>): void {
  writeRows(...all)
  const [name, to, { at, ld }, values, rows, cols] = all
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++)
      if (!Number.isFinite(to[at + r * ld + c]))
        throw new RangeError(
          `BatchedLayer: ${name}[${r}, ${c}] must be finite in ${to instanceof Float32Array ? 'float32' : 'float64'}, got ${values[r * cols + c]}`,
        )
}

/** Numbers one row after the other, copied to a block. Throws ShapeError for another number of them. */
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
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < cols; c++) to[at + r * ld + c] = values[r * cols + c]
}
