import { angle, integerRoot, ONE, over, PI, times, type Digits } from './digits.js'

/** m, k and stride of a network. */
export interface Shape {
  readonly k: number
  readonly stride: number
}

/**
 * Step of the differences: 2^-300, so that second differences are right to 10^-85 where the third
 * derivative jumps.
 */
const STEP = 300n

/**
 * E relu(u·x) relu(v·x) = (‖u‖‖v‖ sin θ + (π − θ) u·v)/2π, the product with the sine by Lagrange's
 * identity.
 */
export function pairMean(u: readonly Digits[], v: readonly Digits[]): Digits {
  let [dot, squares] = [0n, 0n]
  u.forEach((x, i) => {
    dot += x * v[i]
    for (let j = 0; j < i; j++) squares += (x * v[j] - u[j] * v[i]) ** 2n
  })
  const across = integerRoot(squares)
  const half = 2n * times(PI, ONE)
  return over((across + times(angle(across, -dot), dot)) / ONE, half)
}

/**
 * The loss E (f(x; w) − f(x; w*))² as the sum over all pairs of patches: neither lags nor a closed
 * form of the sum are used.
 */
export function populationLoss(
  w: readonly Digits[],
  wStar: readonly Digits[],
  { k, stride }: Shape,
): Digits {
  const d = (k - 1) * stride + w.length
  const placed = (filter: readonly Digits[], patch: number): Digits[] =>
    Array.from({ length: d }, (_, i) => filter[i - patch * stride] ?? 0n)
  let sum = 0n
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      const [u, v, s, t] = [placed(w, i), placed(w, j), placed(wStar, i), placed(wStar, j)]
      sum += pairMean(u, v) - 2n * pairMean(u, t) + pairMean(s, t)
    }
  return sum / BigInt(k * k)
}

/**
 * Value, gradient and Hessian, row-major, of the loss: the derivatives are differences of the
 * value.
 */
export interface Derivatives {
  readonly value: Digits
  readonly gradient: readonly Digits[]
  readonly hessian: readonly Digits[]
}

/** Central differences with 10^-90 as step. */
export function derivatives(
  w: readonly Digits[],
  wStar: readonly Digits[],
  shape: Shape,
): Derivatives {
  const step = ONE >> STEP
  const at = (moves: readonly (readonly [number, bigint])[]): Digits => {
    const there = [...w]
    for (const [i, by] of moves) there[i] += by * step
    return populationLoss(there, wStar, shape)
  }
  const m = w.length
  const value = at([])
  const ahead = w.map((_, i) => at([[i, 1n]]))
  const behind = w.map((_, i) => at([[i, -1n]]))
  const hessian = new Array<Digits>(m * m).fill(0n)
  for (let i = 0; i < m; i++) {
    hessian[i * m + i] = (ahead[i] - 2n * value + behind[i]) << (2n * STEP)
    for (let j = 0; j < i; j++) {
      const corner = (p: bigint, q: bigint): Digits =>
        at([
          [i, p],
          [j, q],
        ])
      const twist = corner(1n, 1n) - corner(1n, -1n) - corner(-1n, 1n) + corner(-1n, -1n)
      hessian[i * m + j] = hessian[j * m + i] = (twist << (2n * STEP)) / 4n
    }
  }
  const gradient = ahead.map((x, i) => ((x - behind[i]) << STEP) / 2n)
  return { value, gradient, hessian }
}

/** The gradient alone, as in `derivatives`. */
export function populationGradient(
  w: readonly Digits[],
  wStar: readonly Digits[],
  shape: Shape,
): Digits[] {
  const step = ONE >> STEP
  const at = (i: number, by: Digits): Digits =>
    populationLoss(
      w.map((x, j) => (j === i ? x + by : x)),
      wStar,
      shape,
    )
  return w.map((_, i) => ((at(i, step) - at(i, -step)) << STEP) / 2n)
}

/** ‖v‖ */
export function length(v: readonly Digits[]): Digits {
  return integerRoot(v.reduce((sum, x) => sum + x * x, 0n))
}

/**
 * Whether the symmetric matrix A − shift · I is positive definite, by the pivots of its
 * elimination.
 */
export function isDefiniteAbove(a: readonly Digits[], shift: Digits): boolean {
  const m = Math.round(Math.sqrt(a.length))
  const left = a.map((x, at) => (at % (m + 1) === 0 ? x - shift : x))
  for (let p = 0; p < m; p++) {
    const pivot = left[p * m + p]
    if (pivot <= 0n) return false
    for (let i = p + 1; i < m; i++) {
      const share = over(left[i * m + p], pivot)
      for (let j = p; j < m; j++) left[i * m + j] -= times(share, left[p * m + j])
    }
  }
  return true
}
