import type { OverlapOptions } from '../overlap/lags.js'

/**
 * How a run ended: `global` with ℓ < 1e-8 R², `stuck` with a gradient below tolGradient at a higher
 * loss, `origin` on the point without gradient (exactly antiparallel starts with one window), or
 * `unfinished` with its steps used up.
 */
export type EndKind = 'global' | 'stuck' | 'origin' | 'unfinished'

/** Where one run ended. */
export interface EndPoint {
  readonly kind: EndKind
  readonly w: Float64Array
  readonly loss: number
  /** NaN at the origin */
  readonly gradientNorm: number
  readonly steps: number
}

export interface DescendOptions extends OverlapOptions {
  /** step size > 0; 1/L by default (`overlapSmoothness`) */
  readonly eta?: number
  /** integer ≥ 0, default 20,000 */
  readonly maxSteps?: number
  /** steps between looks at the stopping rules, integer ≥ 1, default 20 */
  readonly every?: number
  /** a run stops at ‖∇ℓ‖ < tolGradient · R, default 1e-9 */
  readonly tolGradient?: number
  /** a run stops at ℓ < tolLoss · R², default 1e-14 */
  readonly tolLoss?: number
}
