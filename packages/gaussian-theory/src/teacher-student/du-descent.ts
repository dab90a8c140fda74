import { power, type Stream } from '@nonconvex/tensor'
import { checkBetween, checkCount, checkInteger, checkPositive } from '@nonconvex/tensor/check'
import { sMinusTCos } from '../integral/s-minus-t-cos.js'

const TAU = 2 * Math.PI
/** The change of a·a* in a step, divided by the rate, at which it is at rest. */
const AT_REST = 1e-6

/** The teacher weights of {@link duTeacher} and the runs from random initializations. */
export interface DuSetting {
  /** patches, ≥ 3 */
  readonly k: number
  /** S²/A of the teacher, in [0, k] */
  readonly ratio: number
  /** length of the filter, ≥ 2 */
  readonly p: number
  /** step size */
  readonly eta: number
  readonly steps: number
}

/**
 * Output weights a* with |a*|² = 1 and (Σa*)² = ratio: all equal but for the first two.
 *
 * @throws ArgumentError unless k ≥ 3 and 0 ≤ ratio ≤ k
 *
 * @example
 * import { duTeacher } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(duTeacher(4, 4).join()) // → 0.5,0.5,0.5,0.5
 */
export function duTeacher(k: number, ratio: number): Float64Array {
  checkInteger('duTeacher', 'k', k, 3)
  checkBetween('duTeacher', 'ratio', ratio, 0, k, `[0, k = ${k}]`)
  const mean = Math.sqrt(ratio) / k
  const rest = Math.sqrt((1 - ratio / k) / 2)
  return new Float64Array(k).map((_, j) => mean + (j === 0 ? rest : j === 1 ? -rest : 0))
}

/** A run of gradient descent on `duLoss`. */
export interface DuRun {
  /** whether the angle to w* is below π/2 at the end */
  readonly reached: boolean
  /**
   * reached, or a fixed point is near on the other side: a·a* < 0 is at rest, so that v turns away
   * from w*. Otherwise more steps may change `reached`
   */
  readonly settled: boolean
  /** a⁰·a* > 0, |Σa⁰| ≤ |Σa*|‖w*‖ and φ⁰ < π/2, the hypotheses of the published guarantee */
  readonly guaranteed: boolean
}

/**
 * A run of gradient descent on `duLoss` with ‖w*‖ = 1 and the teacher `duTeacher(k, ratio)`: v⁰
 * uniform on the sphere, a⁰ uniform in the ball of radius |S|/√k.
 *
 * The gradient depends on a through Σa and a·a* alone, and v stays in the plane of v⁰ and w*, so four
 * numbers are followed; the run is that of all p + k weights.
 *
 * @throws ArgumentError for a setting that is out of range
 * Cost: 0.1 µs a step. Source: Du, Lee, Tian, Poczos & Singh (2018); the reduction is ours.
 *
 * @example
 * import { duRun } from '@nonconvex/gaussian-theory/teacher-student'
 * import { stream } from '@nonconvex/tensor'
 * const setting = { k: 9, ratio: 6, p: 6, eta: 0.1, steps: 6000 }
 * console.log(duRun(setting, stream(1)).reached) // → true
 */
export function duRun({ k, ratio, p, eta, steps }: DuSetting, stream: Stream): DuRun {
  const as = duTeacher(k, ratio)
  checkInteger('duRun', 'p', p, 2)
  checkPositive('duRun', 'eta', eta)
  checkCount('duRun', 'steps', steps)
  const S = Math.sqrt(ratio)
  const v = stream.unitVector(p)
  let x = v[0]
  let y = Math.sqrt(Math.max(0, 1 - x * x))
  const radius = (S / Math.sqrt(k)) * power(stream.uniform(), 1 / k)
  const direction = stream.unitVector(k)
  let [sum, along] = [0, 0]
  for (let j = 0; j < k; j++) {
    sum += radius * direction[j]
    along += radius * direction[j] * as[j]
  }
  const guaranteed = along > 0 && Math.abs(sum) <= S && x > 0
  const rate = eta / TAU
  let change = Infinity
  for (let step = 0; step < steps; step++) {
    const size = Math.sqrt(x * x + y * y)
    // π − φ
    const psi = Math.atan2(y, -x)
    const g = sMinusTCos(psi)
    const turn = (rate * along * psi) / size
    const inside = x / size
    x += turn * (1 - (inside * x) / size)
    y += turn * ((-inside * y) / size)
    const push = (g - 1) * S + k * S
    const pull = g - 1 + S * S
    const next = sum - rate * ((Math.PI - 1 + k) * sum - push)
    change = (Math.PI - 1) * along + sum * S - pull
    along -= rate * change
    sum = next
  }
  const settled = x > 0 || (along < 0 && Math.abs(change) <= AT_REST)
  return { reached: x > 0, settled, guaranteed }
}
