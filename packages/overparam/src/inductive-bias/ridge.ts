import { argumentError } from '@nonconvex/tensor/check'
import { cholesky, solveCholesky, type Matrix } from '@nonconvex/tensor'
import { sparseRows } from '../data/sparse-rows.js'

/**
 * Fits a linear function without intercept to given outputs by ridge regression: b = (XᵀX + λI)⁻¹
 * XᵀN with λ = ridge · tr(XᵀX)/d.
 *
 * @throws RangeError if XᵀX + λI is not positive definite: λ = 0 and more columns than independent
 *   rows
 */
export function ridgeFit(
  fn: string,
  x: Matrix,
  outputs: Float64Array,
  ridge: number,
): Float64Array {
  const d = x.cols
  const { start, index, value } = sparseRows(x)
  const gram = new Float64Array(d * d)
  const right = new Float64Array(d)
  for (let i = 0; i < x.rows; i++)
    for (let p = start[i]; p < start[i + 1]; p++) {
      right[index[p]] += value[p] * outputs[i]
      // columns ascend, so this is the lower triangle, all that is read below
      for (let q = start[i]; q <= p; q++) gram[index[p] * d + index[q]] += value[p] * value[q]
    }
  let trace = 0
  for (let c = 0; c < d; c++) trace += gram[c * d + c]
  for (let c = 0; c < d; c++) gram[c * d + c] += (ridge * trace) / d
  const factor = cholesky({ rows: d, cols: d, data: gram })
  if (!factor.definite)
    throw argumentError(
      'invalid',
      fn,
      'x',
      `to have d = ${d} independent rows where ridge is ${ridge}`,
      `a Gram matrix that is not definite at column ${factor.pivot}`,
    )
  return solveCholesky(factor.l, right)
}
