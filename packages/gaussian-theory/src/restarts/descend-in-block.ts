import type { Matrix } from '@nonconvex/tensor'
import { LANES, OverlapBlock } from '../overlap/overlap-block.js'
import type { OverlapEvaluator } from '../overlap/overlap-evaluator.js'
import { descendOne, endingAt, rowOf, type DescentPlan, type Run } from './descend-one.js'

/** The largest number of steps between two checks, which the kernel counts in 32 bits. */
const MOST_STEPS = 2 ** 30

/**
 * Runs from all initializations, {@link LANES} at a time; a lane whose run has ended takes the next
 * initialization. A run that leaves the valid range of the kernel is repeated on the plain
 * evaluator from its initialization.
 */
export function descendInBlock(
  starts: Matrix,
  at: OverlapEvaluator,
  plan: DescentPlan,
  kind: 'auto' | 'plain' = 'auto',
): readonly Run[] {
  const { eta, every, maxSteps } = plan
  const block = new OverlapBlock(at, eta, kind)
  const runs: Run[] = Array.from({ length: starts.rows })
  const start = new Array<number>(LANES).fill(-1)
  const step = new Array<number>(LANES).fill(0)
  let next = 0
  const refill = (lane: number): void => {
    start[lane] = next < starts.rows ? next++ : -1
    step[lane] = 0
    if (start[lane] < 0) block.rest(lane)
    else block.put(lane, starts.data, start[lane])
  }
  /** Ends the lane's run if it satisfies a stopping rule. */
  const settle = (lane: number): boolean => {
    if (!block.sound(lane)) {
      runs[start[lane]] = descendOne(rowOf(starts, start[lane]), at, plan)
      return true
    }
    const [loss, square] = [block.losses[lane], block.squares[lane]]
    const ending = endingAt(step[lane], loss, square, at.R, plan)
    if (!ending) return false
    const [w, gradientNorm] = [block.point(lane), Math.sqrt(square)]
    runs[start[lane]] = {
      end: { kind: ending, w, loss, gradientNorm, steps: step[lane] },
      breaches: block.breaches[lane],
    }
    return true
  }
  const lanes = start.map((_, lane) => lane)
  lanes.forEach(refill)
  block.evaluate()
  for (;;) {
    // what has just taken a lane may be at its end already
    for (let fresh = true; fresh;) {
      fresh = false
      for (const lane of lanes)
        if (start[lane] >= 0 && settle(lane)) {
          refill(lane)
          fresh = true
        }
      if (fresh) block.evaluate()
    }
    const busy = lanes.filter((lane) => start[lane] >= 0)
    if (busy.length === 0) return runs
    let steps = MOST_STEPS
    for (const lane of busy)
      steps = Math.min(steps, every - (step[lane] % every), maxSteps - step[lane])
    const done = block.descend(steps)
    for (const lane of busy) step[lane] += done
  }
}
