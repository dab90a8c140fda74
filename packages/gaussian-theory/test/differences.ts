import type { Vec } from '@nonconvex/tensor'

/** Central differences of a function, step 1e-6: [m]. */
export function differences(f: (w: Float64Array) => number, w: Vec, step = 1e-6): number[] {
  return Array.from(w, (x, i) => {
    const at = Float64Array.from(w)
    at[i] = x + step
    const up = f(at)
    at[i] = x - step
    return (up - f(at)) / (2 * step)
  })
}

/** Central differences of a gradient: the Hessian, row-major. */
export function jacobian(f: (w: Float64Array) => Float64Array, w: Vec, step = 1e-6): number[] {
  const m = w.length
  const rows = new Array<number>(m * m)
  for (let j = 0; j < m; j++) {
    const at = Float64Array.from(w)
    at[j] = w[j] + step
    const up = f(at)
    at[j] = w[j] - step
    const down = f(at)
    for (let i = 0; i < m; i++) rows[i * m + j] = (up[i] - down[i]) / (2 * step)
  }
  return rows
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]))
  return a.length === b.length ? largest : NaN
}

/** Reflection of u in the hyperplane orthogonal to n (a unit vector): an orthogonal map. */
export function reflect(u: Vec, n: Vec): Float64Array {
  let along = 0
  for (let i = 0; i < u.length; i++) along += u[i] * n[i]
  return Float64Array.from(u, (x, i) => x - 2 * along * n[i])
}
