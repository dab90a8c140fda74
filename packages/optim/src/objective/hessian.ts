import { ArgumentError, matrix, type Matrix, type Vec } from '@nonconvex/tensor'
import type { Objective } from './objective.js'
import { checkLength } from '@nonconvex/tensor/check'

/**
 * The Hessian at w as a matrix, whose columns are `hessianTimes` of the unit vectors, symmetrized:
 * each entry is the mean of entries (i, j) and (j, i).
 *
 * @param w - [d]
 * @returns [d, d], symmetric to the bit
 * @throws ArgumentError if the objective has no `hessianTimes`; ShapeError if a length is not d
 *
 * Cost: d Hessian-vector products.
 */
export function hessianMatrix(objective: Objective, w: Vec): Matrix {
  const { data } = hessianColumns('hessianMatrix', objective, w)
  const d = objective.d
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++)
      data[i * d + j] = data[j * d + i] = data[i * d + j] / 2 + data[j * d + i] / 2
  return matrix(d, d, data)
}

/** The matrix whose row j is H e_j. */
export function hessianColumns(fn: string, objective: Objective, w: Vec): Matrix {
  const { d } = objective
  if (!objective.hessianTimes)
    throw new ArgumentError(`${fn}: expected the objective to have hessianTimes, got none`)
  checkLength(fn, 'w', w, d, 'd')
  const columns = matrix(d, d)
  const unit = new Float64Array(d)
  for (let j = 0; j < d; j++) {
    unit[j] = 1
    const column = objective.hessianTimes(w, unit)
    checkLength(fn, 'hessianTimes(w, v)', column, d, 'd')
    columns.data.set(column, j * d)
    unit[j] = 0
  }
  return columns
}
