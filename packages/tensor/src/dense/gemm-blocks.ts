import { bytes } from '../generated/gemm.js'
import { instantiateKernels, once } from '../simd/instantiate.js'

/**
 * Matrix products by blocks: C[i, j] = Σ over blocks of k of (Σ over the block, in order of k).
 *
 * That order is the definition of the result; the SIMD kernel, its plain twin and every size of matrix follow it, in
 * the arithmetic of the array type. Blocks: 256 of k, 128 rows, 256 columns, packed into 1 MiB of fixed memory.
 */

export const DEPTH = 256
const ROWS = 128
const COLS = 256
const PANEL_ROWS = 4

export type Floats = Float64Array<ArrayBufferLike> | Float32Array<ArrayBufferLike>

/** An operand: entry (i, j) is data[i · row + j · col]. */
export interface Operand<T extends Floats> {
  readonly data: T
  readonly row: number
  readonly col: number
}

/** C (row-major, m × n) ← A (m × depth) B (depth × n). */
export type Product<T extends Floats> = (
  c: T,
  a: Operand<T>,
  b: Operand<T>,
  m: number,
  n: number,
  depth: number,
) => void

interface BlockKernels {
  readonly memory: WebAssembly.Memory
  area(): number
  block64: BlockKernel
  block32: BlockKernel
}

type BlockKernel = (
  c: number,
  a: number,
  b: number,
  rows: number,
  cols: number,
  depth: number,
  stride: number,
) => void

const kernels = once(() => instantiateKernels<BlockKernels>(bytes))

/** The float64 product by the SIMD kernel; `undefined` where it does not run. */
export const wasmProduct64: () => Product<Float64Array> | undefined = once(() => {
  const k = kernels()
  return k && blocked(k, k.block64, 4, view64(k.memory), 8)
})

/** The float32 product by the SIMD kernel; `undefined` where it does not run. */
export const wasmProduct32: () => Product<Float32Array> | undefined = once(() => {
  const k = kernels()
  return k && blocked(k, k.block32, 8, view32(k.memory), 4)
})

const view64 =
  (memory: WebAssembly.Memory) =>
  (at: number, n: number): Float64Array =>
    new Float64Array(memory.buffer, at, n)

const view32 =
  (memory: WebAssembly.Memory) =>
  (at: number, n: number): Float32Array =>
    new Float32Array(memory.buffer, at, n)

function blocked<T extends Floats>(
  k: BlockKernels,
  block: BlockKernel,
  panelCols: number,
  view: (at: number, n: number) => T,
  size: number,
): Product<T> {
  const atA = k.area()
  const atB = atA + ROWS * DEPTH * size
  const atC = atB + COLS * DEPTH * size
  const packedA = view(atA, ROWS * DEPTH)
  const packedB = view(atB, COLS * DEPTH)
  const tile = view(atC, ROWS * COLS)
  return (c, a, b, m, n, depth) => {
    if (depth === 0) c.fill(0)
    for (let j = 0; j < n; j += COLS) {
      const cols = Math.min(COLS, n - j)
      for (let p = 0; p < depth; p += DEPTH) {
        const inner = Math.min(DEPTH, depth - p)
        pack(packedB, panelCols, b.data, p * b.row + j * b.col, b.col, b.row, cols, inner)
        for (let i = 0; i < m; i += ROWS) {
          const rows = Math.min(ROWS, m - i)
          pack(packedA, PANEL_ROWS, a.data, i * a.row + p * a.col, a.row, a.col, rows, inner)
          block(atC, atA, atB, rows, cols, inner, COLS * size)
          unload(c, i * n + j, n, tile, rows, cols, p === 0)
        }
      }
    }
  }
}

/**
 * Into panels of `width` rows: panel after panel, depth after depth, `width` numbers side by side. Lines missing in the
 * last panel are filled with zeros, whose products go to places that are not read.
 */
function pack<T extends Floats>(
  to: T,
  width: number,
  from: T,
  at: number,
  line: number,
  step: number,
  lines: number,
  depth: number,
): void {
  for (let first = 0; first < lines; first += width) {
    const base = first * depth
    for (let r = 0; r < width; r++) {
      let p = base + r
      const end = p + width * depth
      if (first + r >= lines) {
        for (; p < end; p += width) to[p] = 0
        continue
      }
      let q = at + (first + r) * line
      for (; p < end; p += width, q += step) to[p] = from[q]
    }
  }
}

function unload<T extends Floats>(
  c: T,
  at: number,
  n: number,
  tile: T,
  rows: number,
  cols: number,
  fresh: boolean,
): void {
  for (let i = 0; i < rows; i++) {
    const from = i * COLS
    const to = at + i * n
    if (fresh) c.set(tile.subarray(from, from + cols), to)
    else for (let j = 0; j < cols; j++) c[to + j] += tile[from + j]
  }
}
