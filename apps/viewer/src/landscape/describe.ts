import { wilsonInterval } from '@nonconvex/optim/statistics'
import { numberText } from '../state/text.js'
import { MAX_STEPS, type Run } from './descent.js'
import { nearestPoint, type CriticalPoint } from './critical-points.js'
import type { PointInfo } from './problem.js'
import type { Point } from './initial-points.js'

/** A run counts as ended at a critical point that is no farther than this from its last place. */
export const REACH = 1e-3

export function pointText({ x, y }: Point, digits = 4): string {
  return `(${numberText(x, digits)}, ${numberText(y, digits)})`
}

/** One run as a sentence: how far it went, and where by what measure it ended. */
export function describeRun(run: Run, points: readonly CriticalPoint[]): string {
  const count = run.steps === 1 ? '1 step' : `${numberText(run.steps)} steps`
  const from = `From ${pointText(run.initial)}`
  if (run.kind === 'origin')
    return `${from}: ${count} to the origin, where the loss has no gradient.`
  const to = `${pointText(run.end)}, loss ${numberText(run.loss, 4)}`
  if (run.kind === 'unfinished')
    return `${from}: not at rest after ${numberText(MAX_STEPS)} steps, at ${to}, gradient ${numberText(run.gradientNorm, 2)}.`
  return `${from}: ${count} to ${to}: ${endText(run, points)}.`
}

function endText(run: Run, points: readonly CriticalPoint[]): string {
  const near = nearestPoint(points, run.end, REACH)
  const gradient = `gradient ${numberText(run.gradientNorm, 2)}`
  if (!near) return `no critical point of the table within ${REACH}, ${gradient}`
  const distance = numberText(near.distance, 2)
  // beside a saddle a run is slow and may still leave: that it stopped there is all that was seen
  if (near.place.kind === 'saddle') return `stopped ${distance} from the saddle, ${gradient}`
  return `the ${near.place.kind}, ${distance} away, ${gradient}`
}

/** Where so many random starts ended. */
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
  const all = [`${reached} of ${runs.length} random starts reached the global minimum`, ...rest]
  return `${all.join(', ')}. Of all starts on the circle that is a fraction between ${percent(low)} and ${percent(high)} % (95 % interval).`
}

function otherEnd(run: Run, points: readonly CriticalPoint[]): string {
  if (run.kind === 'unfinished') return 'did not come to rest'
  if (run.kind === 'origin') return 'met the origin'
  const near = nearestPoint(points, run.end, REACH)
  if (!near) return 'ended elsewhere'
  const place = `the ${near.place.kind} ${pointText(near.place.at)}`
  return near.place.kind === 'saddle' ? `stopped beside ${place}` : `ended at ${place}`
}

/** What a place is like, in one line to be read aloud. */
export function describePoint(at: Point, { loss, slope }: PointInfo): string {
  const here = `w ${pointText(at)}, loss ${numberText(loss, 4)}`
  if (!slope) return `${here}, no gradient`
  const [x, y] = slope.gradient
  const [least, most] = slope.eigenvalues
  return `${here}, gradient ${pointText({ x, y }, 3)}, Hessian eigenvalues ${numberText(least, 3)} and ${numberText(most, 3)}`
}
