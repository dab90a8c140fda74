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

/** Values of `pairMean` by u·v and ‖u‖²‖v‖² − (u·v)²: the same pairs come again and again. */
const known = new Map<bigint, Map<bigint, Digits>>()
let size = 0

/**
 * E relu(u·x) relu(v·x) = (‖u‖‖v‖ sin θ + (π − θ) u·v)/2π, the product with the sine by Lagrange's
 * identity: its square is ‖u‖²‖v‖² − (u·v)², in integers without rounding.
 */
export function pairMean(u: readonly Digits[], v: readonly Digits[]): Digits {
  let [dot, uu, vv] = [0n, 0n, 0n]
  u.forEach((x, i) => {
    if (x !== 0n && v[i] !== 0n) dot += x * v[i]
    if (x !== 0n) uu += x * x
    if (v[i] !== 0n) vv += v[i] * v[i]
  })
  return meanOf(dot, uu * vv - dot * dot)
}

function meanOf(dot: bigint, squares: bigint): Digits {
  const before = known.get(dot)?.get(squares)
  if (before !== undefined) return before
  const across = integerRoot(squares)
  const half = 2n * times(PI, ONE)
  const mean = over((across + times(angle(across, -dot), dot)) / ONE, half)
  if (size++ === 50_000) {
    known.clear()
    size = 0
  }
  known.set(dot, (known.get(dot) ?? new Map<bigint, Digits>()).set(squares, mean))
  return mean
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
  const placed = (filter: readonly Digits[]): Digits[][] =>
    Array.from({ length: k }, (_, patch) =>
      Array.from({ length: d }, (__, i) => filter[i - patch * stride] ?? 0n),
    )
  const [students, teachers] = [placed(w), placed(wStar)]
  let sum = 0n
  for (const [i, u] of students.entries())
    for (const [j, v] of students.entries())
      sum += pairMean(u, v) - 2n * pairMean(u, teachers[j]) + pairMean(teachers[i], teachers[j])
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
      const fraction = over(left[i * m + p], pivot)
      for (let j = p; j < m; j++) left[i * m + j] -= times(fraction, left[p * m + j])
    }
  }
  return true
}
