import { power } from '@nonconvex/tensor'
import { argumentError, checkCount, checkFinite, checkNotEmpty } from '@nonconvex/tensor/check'

const TAU = 2 * Math.PI
/** Below this sine 1/D counts as 0: its terms cancel there up to 1e-8. */
const PARALLEL = 1e-8

/** The places of a kernel's value and partial derivatives in its output. */
export const AT = { K: 0, p: 1, q: 2, r: 3, pp: 4, pq: 5, qq: 6, pr: 7, qr: 8, rr: 9 } as const
/** The length of a kernel's output. */
export const PARTIALS = 10

/**
 * A pair kernel: K = E s(u·x) t(v·x) over x ~ N(0, I_d) for two activations s and t, as a function
 * of p = ‖u‖², q = ‖v‖² and r = u·v.
 */
export interface Kernel {
  readonly name: string
  /**
   * Writes K, K_p, K_q, K_r, K_pp, K_pq, K_qq, K_pr, K_qr, K_rr into out, in this order.
   *
   * @param theta - the angle between u and v in [0, π]; π/2 if one of them is zero
   */
  readonly write: (p: number, q: number, r: number, theta: number, out: Float64Array) => void
  /**
   * What is missing at a zero vector: 'gradient' for a kernel of degree 1 with a kink, 'hessian' for
   * degree 2, null if the kernel is smooth there
   */
  readonly missingAtZero: 'gradient' | 'hessian' | null
}

/** z: K = r. */
export const linear: Kernel = {
  name: 'linear',
  missingAtZero: null,
  write: (_p, _q, r, _theta, out) => {
    out.fill(0)
    out[0] = r
    out[3] = 1
  },
}

/** max(z, 0): K = (D + r(π − θ))/2π, D = √(pq) sin θ. */
export const relu: Kernel = { name: 'relu', missingAtZero: 'gradient', write: writeRelu }

function writeRelu(p: number, q: number, r: number, theta: number, out: Float64Array): void {
  out.fill(0)
  if (p === 0 || q === 0) return
  const sin = Math.sin(theta)
  const D = Math.sqrt(p) * Math.sqrt(q) * sin
  const f = Math.PI - theta
  const inverse = sin <= PARALLEL ? 0 : 1 / D
  out[0] = (D + r * f) / TAU
  out[1] = D / (2 * TAU * p)
  out[2] = D / (2 * TAU * q)
  out[3] = f / TAU
  out[4] = ((q * inverse) / (4 * p) - D / (2 * p * p)) / TAU
  out[5] = inverse / (4 * TAU)
  out[6] = ((p * inverse) / (4 * q) - D / (2 * q * q)) / TAU
  out[7] = (-r * inverse) / (2 * TAU * p)
  out[8] = (-r * inverse) / (2 * TAU * q)
  out[9] = inverse / TAU
}

/**
 * z for z > 0, αz otherwise: K = αr + (1 − α)² K_relu. α = 0 is ReLU, 1 linear, −1 the absolute value.
 *
 * @throws ArgumentError unless alpha is finite
 */
export function leaky(alpha: number): Kernel {
  checkFinite('leaky', 'alpha', alpha)
  const gap = (1 - alpha) * (1 - alpha)
  return {
    name: `leaky(${alpha})`,
    missingAtZero: alpha === 1 ? null : 'gradient',
    write: (p, q, r, theta, out) => {
      writeRelu(p, q, r, theta, out)
      for (let i = 0; i < PARTIALS; i++) out[i] *= gap
      out[0] += alpha * r
      out[3] += alpha
    },
  }
}

/** |z|. */
export const abs: Kernel = { ...leaky(-1), name: 'abs' }

/** z²: K = pq + 2r². */
export const square: Kernel = {
  name: 'square',
  missingAtZero: null,
  write: (p, q, r, _theta, out) => {
    out.fill(0)
    out[0] = p * q + 2 * r * r
    out[1] = q
    out[2] = p
    out[3] = 4 * r
    out[5] = 1
    out[9] = 4
  },
}

/** max(z, 0)²: K = (3rD + (π − θ)(pq + 2r²))/2π. */
export const relu2: Kernel = {
  name: 'relu2',
  missingAtZero: 'hessian',
  write: (p, q, r, theta, out) => {
    out.fill(0)
    if (p === 0 || q === 0) return
    const D = Math.sqrt(p) * Math.sqrt(q) * Math.sin(theta)
    const f = Math.PI - theta
    out[0] = (3 * r * D + f * (p * q + 2 * r * r)) / TAU
    out[1] = ((r * D) / p + f * q) / TAU
    out[2] = ((r * D) / q + f * p) / TAU
    out[3] = (4 * (D + r * f)) / TAU
    out[4] = (-r * D) / (p * p * TAU)
    out[5] = f / TAU
    out[6] = (-r * D) / (q * q * TAU)
    out[7] = (2 * D) / (p * TAU)
    out[8] = (2 * D) / (q * TAU)
    out[9] = (4 * f) / TAU
  },
}

/** erf(z/√2): K = (2/π) asin(r/√((1 + p)(1 + q))). */
export const erf: Kernel = {
  name: 'erf',
  missingAtZero: null,
  write: (p, q, r, theta, out) => {
    const P = 1 + p
    const Q = 1 + q
    const D = Math.sqrt(p) * Math.sqrt(q) * Math.sin(theta)
    // PQ − r² without its cancellation for long parallel vectors
    const square = 1 + p + q + D * D
    const root = Math.sqrt(square)
    const c = 2 / Math.PI
    const cubed = square * root
    out[0] = c * Math.atan2(r, root)
    out[1] = (-c * r) / (2 * P * root)
    out[2] = (-c * r) / (2 * Q * root)
    out[3] = c / root
    out[4] = ((c * r) / 2) * (1 / (P * P * root) + Q / (2 * P * cubed))
    out[5] = (c * r) / (4 * cubed)
    out[6] = ((c * r) / 2) * (1 / (Q * Q * root) + P / (2 * Q * cubed))
    out[7] = (-c * Q) / (2 * cubed)
    out[8] = (-c * P) / (2 * cubed)
    out[9] = (c * r) / cubed
  },
}

/**
 * ‖u‖^m He_m(û·x)/√m!, the normalized Hermite polynomial of degree m: K = r^m.
 *
 * @throws ArgumentError unless m is an integer ≥ 1
 */
export function hermite(m: number): Kernel {
  checkCount('hermite', 'm', m)
  return {
    name: `hermite(${m})`,
    missingAtZero: null,
    write: (_p, _q, r, _theta, out) => {
      out.fill(0)
      out[0] = power(r, m)
      out[3] = m * power(r, m - 1)
      out[9] = m === 1 ? 0 : m * (m - 1) * power(r, m - 2)
    },
  }
}

/**
 * The kernel Σ c_i K_i. Ge, Lee and Ma's smoothed student is σ̂₂² hermite(2) + σ̂₄² hermite(4) on
 * unit rows.
 *
 * @throws ArgumentError if there is no term, or a weight is not finite
 */
export function combine(terms: readonly (readonly [number, Kernel])[]): Kernel {
  checkNotEmpty('combine', 'terms', terms)
  for (const [weight] of terms) checkFinite('combine', 'a weight', weight)
  const missing = terms.map(([, kernel]) => kernel.missingAtZero)
  const part = new Float64Array(PARTIALS)
  return {
    name: terms.map(([weight, { name }]) => `${weight} ${name}`).join(' + '),
    missingAtZero: missing.includes('gradient')
      ? 'gradient'
      : missing.includes('hessian')
        ? 'hessian'
        : null,
    write: (p, q, r, theta, out) => {
      out.fill(0)
      for (const [weight, kernel] of terms) {
        kernel.write(p, q, r, theta, part)
        for (let i = 0; i < PARTIALS; i++) out[i] += weight * part[i]
      }
    },
  }
}

const named: Readonly<Record<string, Kernel>> = { linear, relu, abs, square, relu2, erf }

/**
 * The kernel of an activation by its name: linear, relu, abs, square, relu2 or erf.
 *
 * @throws ArgumentError for another name, with the list of names
 */
export function kernelNamed(name: string): Kernel {
  if (Object.hasOwn(named, name)) return named[name]
  const list = Object.keys(named).join(', ')
  throw argumentError('not-listed', 'kernelNamed', 'name', `to be one of ${list}`, `'${name}'`)
}
