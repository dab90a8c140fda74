/**
 * tanh from the fraction x/(1 + x²/(3 + x²/(5 + …))), cut after its seventh term at x/2 and doubled
 * by 2t/(1 + t²). It uses one division and no exponential, whose last bits differ between engines.
 *
 * Accuracy: absolute error ≤ 2.1e-8, below half a unit in the last place of float32 near 1; odd; ±1
 * from |x| = 9.2 on, where float32 rounds to it. Source: Lambert's continued fraction.
 */
export function quickTanh(x: number): number {
  if (x >= LAST) return 1
  if (x <= -LAST) return -1
  const y = 0.5 * x
  const s = y * y
  const top = y * (135135 + s * (17325 + s * (378 + s)))
  const under = 135135 + s * (62370 + s * (3150 + s * 28))
  return (2 * top * under) / (under * under + top * top)
}

/** 1 − tanh 9.2 = 2.04e-8 < 2⁻²⁵ */
const LAST = 9.2

/** The logistic function 1/(1 + e^−x) = (1 + tanh(x/2))/2, computed by `quickTanh`. */
export const quickSigmoid = (x: number): number => 0.5 + 0.5 * quickTanh(0.5 * x)

/** The nonlinearities of the gates. */
export interface Squash {
  readonly tanh: (x: number) => number
  readonly sigmoid: (x: number) => number
}

/**
 * The nonlinearities for a precision: in float32 with the same bits on every platform, and in
 * float64, for tests, the functions of the platform.
 */
export const squashOf = (precision: 'float32' | 'float64'): Squash =>
  precision === 'float32'
    ? { tanh: quickTanh, sigmoid: quickSigmoid }
    : { tanh: Math.tanh, sigmoid: (x) => 1 / (1 + Math.exp(-x)) }
