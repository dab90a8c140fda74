import { bench, describe } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { OverlapEvaluator, overlapBatch, overlapHessian } from './index.js'

const draws = stream(1).child('overlap-bench')
const normals = (n: number): Float64Array => draws.normalInto(new Float64Array(n))

describe('loss and gradient with overlap, stride 1', () => {
  for (const [m, k] of [
    [8, 8],
    [32, 100],
  ] as const) {
    const at = new OverlapEvaluator(normals(m), { k, stride: 1 })
    const w = normals(m)
    const out = new Float64Array(m)
    bench(`m = ${m}, k = ${k}`, () => {
      at.lossAndGradientInto(out, w)
    })
  }
  const points = { rows: 1000, cols: 8, data: normals(8000) }
  const teacher = normals(8)
  bench('1,000 points, m = 8, k = 8', () => {
    overlapBatch(points, teacher, { k: 8, stride: 1 })
  })
  const w = normals(8)
  bench('Hessian, m = 8, k = 8', () => {
    overlapHessian(w, teacher, { k: 8, stride: 1 })
  })
})
