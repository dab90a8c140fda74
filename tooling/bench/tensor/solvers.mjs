import { cholesky, gemm, matrix, qr, solveCholesky, stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { agree, compare } from '../harness.mjs'

/** Cholesky as in the textbook: three loops, one sum. */
function plainCholesky({ rows: n, data }) {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = data[i * n + j]
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k]
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]
    }
  }
  return l
}

/** Definiteness, eigenvalues, QR. */
export function solvers() {
  for (const n of [50, 400]) {
    const s = stream(5).child('solvers', n)
    const x = matrix(n, n, s.normalInto(new Float64Array(n * n)))
    const a = gemm(x, x, { transposeB: true })
    for (let i = 0; i < n; i++) a.data[i * n + i] += 1
    const factor = cholesky(a)
    agree(`cholesky ${n}`, factor.l.data, plainCholesky(a), 1e-9)
    agree(`definite ${n}`, [eigenSymmetric(a).values[0] > 0 ? 1 : 0], [factor.definite ? 1 : 0], 0)
    const b = s.normalInto(new Float64Array(n))
    compare(`is a ${n} × ${n} matrix positive definite?`, {
      cholesky: () => cholesky(a),
      'Cholesky in plain loops': () => plainCholesky(a),
      'eigenSymmetric (ml-matrix)': () => eigenSymmetric(a),
    })
    compare(`${n} × ${n}, other factorizations`, {
      qr: () => qr(x),
      solveCholesky: () => solveCholesky(factor.l, b),
    })
  }
}
