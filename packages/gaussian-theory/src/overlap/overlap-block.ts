export { LANES } from './block-layout.js'
import {
  BREACHES,
  LANES,
  LOSS,
  NORM2,
  ROUNDING,
  SQUARE,
  VECTORS,
  blockBytes,
  writeConstants,
} from './block-layout.js'
import { SAFE_LEAST, SAFE_MOST, type OverlapEvaluator } from './overlap-evaluator.js'
import { startOverlap, type OverlapKernels } from './overlap-kernels.js'

/** The range of teacher norms in which R² and products with it neither overflow nor underflow. */
const LEAST_R = 2 ** -400
const MOST_R = 2 ** 400

/**
 * Evaluates four points for one teacher side by side, on the SIMD kernel or, where it is not
 * available, on the plain evaluator with the same bits. The result of a lane depends on that lane
 * alone.
 *
 * A block on the kernel is valid until the next one is made, so the function that made it must not
 * return it.
 */
export class OverlapBlock {
  readonly losses: Float64Array
  /** ‖∇ℓ‖² */
  readonly squares: Float64Array
  /** number of steps that violated the descent inequality since the caller last cleared it */
  readonly breaches: Float64Array
  private readonly at: OverlapEvaluator
  private readonly norms: Float64Array
  private readonly vectors: Float64Array
  private readonly gradients: Float64Array
  private readonly stride: number
  private readonly kernels: OverlapKernels

  /**
   * @param eta - step size of `descend`
   * @param kind - 'plain' to do without WebAssembly
   */
  constructor(at: OverlapEvaluator, eta: number, kind: 'auto' | 'plain' = 'auto') {
    const size = blockBytes(at)
    const started = kind === 'plain' ? undefined : startOverlap(size)
    const buffer = started?.buffer ?? new ArrayBuffer(size)
    this.at = at
    this.stride = at.lags.near > 0 ? at.stride : 0
    this.losses = new Float64Array(buffer, LOSS, LANES)
    this.squares = new Float64Array(buffer, SQUARE, LANES)
    this.norms = new Float64Array(buffer, NORM2, LANES)
    this.breaches = new Float64Array(buffer, BREACHES, LANES)
    this.vectors = new Float64Array(buffer, VECTORS, LANES * at.m)
    this.gradients = new Float64Array(buffer, VECTORS + 32 * at.m, LANES * at.m)
    writeConstants(buffer, at, eta)
    this.kernels = started?.kernels ?? this.plain(eta)
    for (let lane = 0; lane < LANES; lane++) this.rest(lane)
  }

  /** Whether a block can be used for this teacher; otherwise use the plain evaluator. */
  static fits({ R }: OverlapEvaluator): boolean {
    return R >= LEAST_R && R <= MOST_R
  }

  /** Copies row `row` of a matrix with m columns to a lane. */
  put(lane: number, data: Float64Array, row = 0): void {
    const { vectors } = this
    const { m } = this.at
    for (let t = 0, p = row * m; t < m; t++, p++) vectors[LANES * t + lane] = data[p]
    this.breaches[lane] = 0
  }

  /** Makes a lane idle by placing it at the teacher, where the gradient is 0. */
  rest(lane: number): void {
    this.put(lane, this.at.teacher)
  }

  point(lane: number): Float64Array {
    return take(new Float64Array(this.at.m), this.vectors, lane)
  }

  /** Writes a lane's gradient to row `row` of a matrix with m columns. */
  gradientInto(out: Float64Array, row: number, lane: number): void {
    const { gradients } = this
    const { m } = this.at
    for (let t = 0, p = row * m; t < m; t++, p++) out[p] = gradients[LANES * t + lane]
  }

  evaluate(): void {
    this.kernels.evaluate(this.at.m, this.at.lags.near, this.stride)
  }

  /**
   * Makes at most `steps` steps w ← w − η∇ℓ(w) with their evaluations and returns their number;
   * fewer if a lane left the valid range.
   */
  descend(steps: number): number {
    return this.kernels.descend(this.at.m, this.at.lags.near, this.stride, steps)
  }

  /**
   * Whether nothing overflowed or underflowed in a lane; otherwise its numbers are invalid.
   */
  sound(lane: number): boolean {
    const norm2 = this.norms[lane]
    return norm2 >= SAFE_LEAST && norm2 <= SAFE_MOST && !Number.isNaN(this.squares[lane])
  }

  /** The kernel's functions in plain TypeScript, which process one lane after the other. */
  private plain(eta: number): OverlapKernels {
    const { at, losses, squares, norms, breaches, vectors, gradients } = this
    const w = new Float64Array(at.m)
    const g = new Float64Array(at.m)
    const R2 = at.R * at.R
    const lane = (l: number): void => {
      take(w, vectors, l)
      losses[l] = at.lossAndGradientInto(g, w)
      norms[l] = w.reduce((sum, x) => sum + x * x, 0)
      squares[l] = g.reduce((sum, x) => sum + x * x, 0)
      for (let t = 0; t < at.m; t++) gradients[LANES * t + l] = g[t]
    }
    const step = (l: number): void => {
      const most = losses[l] - (eta / 2) * squares[l]
      for (let p = l; p < vectors.length; p += LANES) vectors[p] -= eta * gradients[p]
      lane(l)
      if (!(losses[l] <= most + ROUNDING * (R2 + norms[l]))) breaches[l]++
    }
    const each = [0, 1, 2, 3]
    return {
      evaluate: () => each.forEach(lane),
      descend: (_m, _near, _stride, steps) => {
        for (let done = 1; done <= steps; done++) {
          each.forEach(step)
          if (!each.every((l) => this.sound(l))) return done
        }
        return steps
      },
    }
  }
}

/** Copies one lane of an array with four lanes to `out`. */
function take(out: Float64Array, lanes: Float64Array, lane: number): Float64Array {
  for (let t = 0; t < out.length; t++) out[t] = lanes[LANES * t + lane]
  return out
}
