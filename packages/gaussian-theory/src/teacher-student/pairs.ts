import { norm2 } from '@nonconvex/tensor'
import { PARTIALS, type Kernel } from './kernels.js'
import type { TeacherStudent } from './network.js'

/**
 * The pairs of two lists of vectors: ‖u_i‖², ‖v_j‖², u_i·v_j and the angle, from which a kernel is
 * written into `out`.
 *
 *     θ = 2 atan2(‖û − v̂‖, ‖û + v̂‖)
 *
 * That is accurate near 0 and π, where acos of a quotient loses half of its digits.
 */
export class Pairs {
  readonly out = new Float64Array(PARTIALS)
  /** the smallest angle between two of the vectors, or between one and the opposite of another */
  minAngle = Infinity
  private readonly normsU: Float64Array
  private readonly normsV: Float64Array

  private readonly U: Float64Array
  private readonly V: Float64Array
  private readonly d: number
  private readonly kernel: Kernel

  /**
   * @param U - [number of rows, d]
   * @param V - [number of rows, d]; the same array where both lists are the same
   */
  constructor(U: Float64Array, V: Float64Array, d: number, kernel: Kernel) {
    this.U = U
    this.V = V
    this.d = d
    this.kernel = kernel
    this.normsU = rowNorms(U, d)
    this.normsV = U === V ? this.normsU : rowNorms(V, d)
  }

  /** ‖u_i‖ */
  norm(i: number): number {
    return this.normsU[i]
  }

  /** Writes the kernel of u_i and v_j into `out`. */
  at(i: number, j: number): Float64Array {
    const { U, V, d, out } = this
    const x = this.normsU[i]
    const y = this.normsV[j]
    const [from, to] = [i * d, j * d]
    let r = 0
    for (let t = 0; t < d; t++) r += U[from + t] * V[to + t]
    let theta = Math.PI / 2
    if (U === V && i === j) theta = 0
    else if (x > 0 && y > 0) {
      let [minus, plus] = [0, 0]
      for (let t = 0; t < d; t++) {
        const a = U[from + t] / x
        const b = V[to + t] / y
        minus += (a - b) * (a - b)
        plus += (a + b) * (a + b)
      }
      theta = 2 * Math.atan2(Math.sqrt(minus), Math.sqrt(plus))
      this.minAngle = Math.min(this.minAngle, theta, Math.PI - theta)
    }
    this.kernel.write(x * x, y * y, r, theta, out)
    return out
  }
}

function rowNorms(U: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: U.length / d }, (_, i) =>
    norm2(U.subarray(i * d, (i + 1) * d)),
  )
}

/** The pairs of student and student, student and teacher. */
export function pairsOf({ W, V, d, kernel, kernelST = kernel }: TeacherStudent): {
  readonly own: Pairs
  readonly cross: Pairs
} {
  return { own: new Pairs(W, W, d, kernel), cross: new Pairs(W, V, d, kernelST) }
}
