import { argumentError, checkCount } from '@nonconvex/tensor/check'
import { instantiateKernels } from '@nonconvex/tensor/simd'
import { bytes } from '../generated/budget.js'
import { oneOf } from '../layer/kinds.js'
import { plainBackward, plainProject } from './plain-budget.js'

/** Whether all rows were projected, or which budget no labels have. */
export type BatchOutcome =
  | { readonly status: 'projected' }
  | { readonly status: 'infeasible'; readonly row: number; readonly budget: number }

/** Rows of scores and budgets in memory of their own; all arrays are row-major and reused. */
export interface BudgetBatch {
  readonly rows: number
  readonly labels: number
  readonly kernels: 'wasm' | 'plain'
  /** input: scores v, rows × labels */
  readonly scores: Float32Array
  /** input: one budget z for each row */
  readonly budgets: Float64Array
  /** output of `project`: labels, rows × labels */
  readonly y: Float32Array
  /** input of `backward`: the gradient by y */
  readonly upstream: Float32Array
  /** outputs of `backward`: the gradients by scores and budgets */
  readonly byScores: Float32Array
  readonly byBudgets: Float64Array
  /** Projects every row onto {0 ≤ y ≤ 1, Σ y = z}. */
  readonly project: () => BatchOutcome
  /** The gradients through the labels in `y`. */
  readonly backward: () => void
}

/** assembly/budget.ts. */
interface Kernels {
  project(y: number, v: number, z: number, x: number, rows: number, n: number): number
  backward(dv: number, dz: number, y: number, g: number, rows: number, n: number): void
}

const PAGE = 65536

/**
 * `projectBudget` and `budgetGradient` for many rows of the same length, without allocation after
 * the first call: SIMD kernels, or the same bits in plain TypeScript.
 *
 * τ is the root of Σ clip(v_i − τ, 0, 1) − z by a safeguarded Newton method in float64; labels are
 * rounded to float32 once, so that |Σ y − z| ≤ (1 + labels · 2^-24) 1e-12 + labels · 2^-25. A label
 * that is rounded to 0 or 1 counts as not free in `backward`.
 *
 * @param size - numbers of rows and of labels, and which kernels; wasm where available by default
 * @returns arrays to fill and read, and two functions. `project` reports the first budget outside
 *   [0, labels], before anything is written
 * @throws RangeError for sizes that are not integers ≥ 1; `project` throws it for scores that are
 *   not finite
 * Cost: O(labels) for each of some 5 iterations a row; 16 bytes for each label of a row.
 *
 * @example
 * import { budgetBatch } from '@nonconvex/structured/cardinality'
 * const batch = budgetBatch({ rows: 2, labels: 4 })
 * batch.scores.set([2, 0.5, 0.25, -1, 0, 0, 0, 0])
 * batch.budgets.set([2, 1])
 * console.log(batch.project().status, batch.y.join(' ')) // → projected 1 0.625 0.375 0 0.25 0.25 0.25 0.25
 * batch.budgets[1] = 5
 * console.log(batch.project()) // → { status: 'infeasible', row: 1, budget: 5 }
 */
export function budgetBatch(size: {
  readonly rows: number
  readonly labels: number
  readonly kernels?: 'wasm' | 'plain'
}): BudgetBatch {
  const { rows, labels: n, kernels = 'wasm' } = size
  checkCount('budgetBatch', 'rows', rows)
  checkCount('budgetBatch', 'labels', n)
  oneOf('budgetBatch', 'kernels', kernels, ['wasm', 'plain'])
  const all = rows * n
  const row = (n + 3) & ~3
  // float64 first, so that all are aligned
  const doubles = 2 * rows + row
  const bytesNeeded = 8 * doubles + 16 * all
  const started = kernels === 'wasm' ? start(bytesNeeded) : undefined
  const buffer = started?.buffer ?? new ArrayBuffer(bytesNeeded)
  const double = (at: number, count: number) => new Float64Array(buffer, 8 * at, count)
  const single = (k: number) => new Float32Array(buffer, 8 * doubles + 4 * k * all, all)
  const [budgets, byBudgets, x] = [double(0, rows), double(rows, rows), double(2 * rows, row)]
  const [scores, y, upstream, byScores] = [single(0), single(1), single(2), single(3)]
  const slack = 4 * n * n * Number.EPSILON
  const run = started?.kernels
  const outcome = { status: 'projected' } as const

  function project(): BatchOutcome {
    for (let r = 0; r < rows; r++)
      if (!(budgets[r] >= -slack && budgets[r] <= n + slack))
        return { status: 'infeasible', row: r, budget: budgets[r] }
    const done = run
      ? run.project(y.byteOffset, scores.byteOffset, budgets.byteOffset, x.byteOffset, rows, n)
      : plainProject(y, scores, budgets, x, n)
    if (done === rows) return outcome
    const at = scores.subarray(done * n).findIndex((score) => !Number.isFinite(score)) + done * n
    throw argumentError('not-finite', 'project', `scores[${at}]`, 'to be finite', scores[at])
  }

  function backward(): void {
    if (run)
      run.backward(
        byScores.byteOffset,
        byBudgets.byteOffset,
        y.byteOffset,
        upstream.byteOffset,
        rows,
        n,
      )
    else plainBackward(byScores, byBudgets, y, upstream, n)
  }

  return {
    rows,
    labels: n,
    kernels: run ? 'wasm' : 'plain',
    scores,
    budgets,
    y,
    upstream,
    byScores,
    byBudgets,
    project,
    backward,
  }
}

/** The kernels on a memory of their own; `undefined` if they are not available. */
function start(
  size: number,
): { readonly buffer: ArrayBuffer; readonly kernels: Kernels } | undefined {
  const pages = Math.ceil(size / PAGE)
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    const kernels = instantiateKernels<Kernels>(bytes, { env: { memory } })
    return kernels && { buffer: memory.buffer, kernels }
  } catch {
    return undefined
  }
}
