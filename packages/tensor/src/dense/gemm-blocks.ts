import { bytes } from '../generated/gemm.js'
import { instantiateKernels, once } from '../simd/instantiate.js'

/**
 * Matrix products by blocks: C[i, j] = Σ over blocks of k of (Σ over the block, in order of k).
 *
 * This order defines the result: the SIMD kernel and the plain TypeScript use it for all sizes, in
 * the arithmetic of the array type. Blocks: 256 of k, 128 rows, 256 columns, copied and packed into
 * 1.9 MiB of fixed memory.
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
  along64: AlongKernel
  along32: AlongKernel
  across(to: number, from: number, row: number, depth: number, panel: number): void
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

type AlongKernel = (to: number, from: number, lines: number, depth: number, width: number) => void

const kernels = once(() => instantiateKernels<BlockKernels>(bytes))

/**
 * The float64 product by the SIMD kernel, or `undefined` where WebAssembly SIMD is not available.
 */
export const wasmProduct64: () => Product<Float64Array> | undefined = once(() => {
  const k = kernels()
  return k && blocked(k, { block: k.block64, along: k.along64 }, 4, view64(k.memory), 8)
})

/**
 * The float32 product by the SIMD kernel, or `undefined` where WebAssembly SIMD is not available.
 */
export const wasmProduct32: () => Product<Float32Array> | undefined = once(() => {
  const k = kernels()
  return k && blocked(k, { block: k.block32, along: k.along32 }, 8, view32(k.memory), 4)
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
  { block, along }: { block: BlockKernel; along: AlongKernel },
  panelCols: number,
  view: (at: number, n: number) => T,
  size: number,
): Product<T> {
  const atA = k.area()
  const atB = atA + ROWS * DEPTH * size
  const atC = atB + COLS * DEPTH * size
  const atRaw = atC + ROWS * COLS * size
  const tile = view(atC, ROWS * COLS)
  const raw = view(atRaw, COLS * DEPTH)

  /**
   * Copies `lines` lines of the operand to `raw` as they lie, then packs them into panels of
   * `width` lines at `to`.
   */
  const pack = (
    to: number,
    width: number,
    { data, line, step }: Lines<T>,
    at: number,
    lines: number,
    depth: number,
  ) => {
    if (step === 1) {
      load(raw, data, at, line, lines, depth)
      along(to, atRaw, lines, depth, width)
    } else {
      load(raw, data, at, step, depth, lines)
      k.across(to, atRaw, lines * size, depth, width * size)
    }
  }
  return (c, a, b, m, n, depth) => {
    if (depth === 0) c.fill(0)
    const rowsOfA = { data: a.data, line: a.row, step: a.col }
    const colsOfB = { data: b.data, line: b.col, step: b.row }
    for (let j = 0; j < n; j += COLS) {
      const cols = Math.min(COLS, n - j)
      for (let p = 0; p < depth; p += DEPTH) {
        const inner = Math.min(DEPTH, depth - p)
        pack(atB, panelCols, colsOfB, p * b.row + j * b.col, cols, inner)
        for (let i = 0; i < m; i += ROWS) {
          const rows = Math.min(ROWS, m - i)
          pack(atA, PANEL_ROWS, rowsOfA, i * a.row + p * a.col, rows, inner)
          block(atC, atA, atB, rows, cols, inner, COLS * size)
          unload(c, i * n + j, n, tile, rows, cols, p === 0)
        }
      }
    }
  }
}

/** An operand seen as lines along the depth: number k of line i is data[i · line + k · step]. */
interface Lines<T extends Floats> {
  readonly data: T
  readonly line: number
  readonly step: number
}

/** Copies `count` runs of `length` numbers, which lie `stride` apart, into one contiguous array. */
function load<T extends Floats>(
  to: T,
  from: T,
  at: number,
  stride: number,
  count: number,
  length: number,
): void {
  if (stride === length) {
    to.set(from.subarray(at, at + count * length))
    return
  }
  for (let i = 0; i < count; i++) {
    const start = at + i * stride
    to.set(from.subarray(start, start + length), i * length)
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
