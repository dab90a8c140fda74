import { wilsonInterval } from '@nonconvex/optim/statistics'
import { numberText } from '../state/text.js'
import { MAX_STEPS, type Run } from './descent.js'
import { nearestPoint, type CriticalPoint } from './critical-points.js'
import type { PointInfo } from './problem.js'
import type { Point } from './initial-points.js'

/** A run converged to a critical point if its last iterate is no farther than this from it. */
export const REACH = 1e-3

export function pointText({ x, y }: Point, digits = 4): string {
  return `(${numberText(x, digits)}, ${numberText(y, digits)})`
}

/** One run as a sentence: its steps, its last iterate, and the critical point nearby. */
export function describeRun(run: Run, points: readonly CriticalPoint[]): string {
  const count = run.steps === 1 ? '1 step' : `${numberText(run.steps)} steps`
  const from = `From ${pointText(run.initial)}`
  if (run.kind === 'origin')
    return `${from}: ${count} to the origin, where the loss is not differentiable.`
  const to = `${pointText(run.end)}, loss ${numberText(run.loss, 4)}`
  if (run.kind === 'unfinished')
    return `${from}: not converged after ${numberText(MAX_STEPS)} steps, at ${to}, gradient norm ${numberText(run.gradientNorm, 2)}.`
  return `${from}: ${count} to ${to}: ${endText(run, points)}.`
}

function endText(run: Run, points: readonly CriticalPoint[]): string {
  const near = nearestPoint(points, run.end, REACH)
  const gradient = `gradient norm ${numberText(run.gradientNorm, 2)}`
  if (!near) return `no critical point of the table within ${REACH}, ${gradient}`
  const distance = numberText(near.distance, 2)
  // near a saddle a run is slow and may still leave: it stopped there, it need not converge to it
  if (near.point.kind === 'saddle')
    return `stopped at distance ${distance} from the saddle, ${gradient}`
  return `the ${near.point.kind}, distance ${distance}, ${gradient}`
}

/** How many random initializations converged to which critical point. */
export function describeRandomRuns(runs: readonly Run[], points: readonly CriticalPoint[]): string {
  const reached = runs.filter(({ kind }) => kind === 'global').length
  const { low, high } = wilsonInterval(reached, runs.length)
  const percent = (fraction: number) => numberText(100 * fraction, 2)
  const others = new Map<string, number>()
  for (const run of runs) {
    if (run.kind === 'global') continue
    const name = otherEnd(run, points)
    others.set(name, (others.get(name) ?? 0) + 1)
  }
  const rest = [...others].map(([name, count]) => `${count} ${name}`)
  const all = [
    `${reached} of ${runs.length} random initializations converged to the global minimum`,
    ...rest,
  ]
  return `${all.join(', ')}. Success rate on the circle: ${percent(low)} to ${percent(high)} % (95 % Wilson interval).`
}

function otherEnd(run: Run, points: readonly CriticalPoint[]): string {
  if (run.kind === 'unfinished') return 'did not converge'
  if (run.kind === 'origin') return 'reached the origin'
  const near = nearestPoint(points, run.end, REACH)
  if (!near) return 'ended elsewhere'
  const point = `the ${near.point.kind} ${pointText(near.point.at)}`
  return near.point.kind === 'saddle' ? `stopped near ${point}` : `converged to ${point}`
}

/** A point in one line, for screen readers. */
export function describePoint(at: Point, { loss, slope }: PointInfo): string {
  const here = `w ${pointText(at)}, loss ${numberText(loss, 4)}`
  if (!slope) return `${here}, not differentiable`
  const [x, y] = slope.gradient
  const [least, most] = slope.eigenvalues
  return `${here}, gradient ${pointText({ x, y }, 3)}, Hessian eigenvalues ${numberText(least, 3)} and ${numberText(most, 3)}`
}
