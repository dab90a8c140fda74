import { type Stream, type Vec, norm2 } from '@nonconvex/tensor'
import { checkCount, checkPositive, checkNotEmpty } from '@nonconvex/tensor/check'
import { telescopeIndex } from '../overlap/reflected-teacher.js'
import { clusterEnds, type Cluster } from './cluster-ends.js'
import { descendBatch } from './descend-batch.js'
import type { DescendOptions, EndKind } from './descend-one.js'
import { restartsNeeded } from './restarts-needed.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'

/**
 * The outcomes of all initializations for one teacher.
 */
export interface TeacherReport {
  readonly wStar: Float64Array
  /** χ(w*), see `telescopeIndex` */
  readonly telescope: number
  readonly starts: number
  readonly counts: Readonly<Record<EndKind, number>>
  /** of each run, in the order of the initializations */
  readonly steps: readonly number[]
  /** final losses of the failed runs, in units of R², in the order of the initializations */
  readonly stuckLosses: readonly number[]
  readonly clusters: readonly Cluster[]
  readonly checks: number
  readonly breaches: number
}

/** The options of the restarts for one teacher. */
export interface TeacherOptions extends DescendOptions {
  /** initialization i is drawn from stream.child('start', i) */
  readonly stream: Stream
  /** number of initializations, integer ≥ 1; default 40 */
  readonly starts?: number
  /** initializations are uniform on the sphere of this radius, in units of R; default 1 */
  readonly radius?: number
}

/**
 * Runs random restarts for one teacher: gradient descent from initializations that are uniform on a
 * sphere, with the end points grouped into clusters.
 *
 * @param wStar - [m], not zero
 * @param options - k, stride, stream, number of initializations, stopping rules
 * @throws RangeError for a zero teacher or options out of range
 * Cost: 40 initializations at m = 8, k = 8, stride 1: about 10 ms.
 *
 * @example
 * import { teacherRestarts } from '@nonconvex/gaussian-theory/restarts'
 * import { stream } from '@nonconvex/tensor'
 * const { counts } = teacherRestarts([-1, 1], { k: 3, stride: 2, stream: stream(1) })
 * // without overlap every run reaches the global minimum
 * console.log(counts.global) // → 40
 */
export function teacherRestarts(wStar: Vec, options: TeacherOptions): TeacherReport {
  const { stream, starts = 40, radius = 1 } = options
  checkCount('teacherRestarts', 'starts', starts)
  checkPositive('teacherRestarts', 'radius', radius)
  const R = norm2(wStar)
  const telescope = telescopeIndex(wStar, options)
  const m = wStar.length
  const data = new Float64Array(starts * m)
  for (let i = 0; i < starts; i++) {
    const start = stream.child('start', i).unitVector(m)
    for (let t = 0; t < m; t++) data[i * m + t] = radius * R * start[t]
  }
  const { ends, checks, breaches } = descendBatch({ rows: starts, cols: m, data }, wStar, options)
  const counts = { global: 0, stuck: 0, origin: 0, unfinished: 0 }
  for (const { kind } of ends) counts[kind]++
  return {
    wStar: Float64Array.from(wStar),
    telescope,
    starts,
    counts,
    steps: ends.map((end) => end.steps),
    stuckLosses: ends.filter((end) => end.kind === 'stuck').map((end) => end.loss / (R * R)),
    clusters: clusterEnds(ends, wStar, options),
    checks,
    breaches,
  }
}

/** The outcomes of all teachers of one network. */
export interface RestartReport {
  readonly teachers: readonly TeacherReport[]
  readonly starts: number
  readonly global: number
  /** fraction of initializations that reached the global minimum */
  readonly rate: number
  /**
   * Wilson's 95 % interval; it treats initializations as independent, although those of one teacher
   * are not
   */
  readonly interval: { readonly low: number; readonly high: number }
  /** teachers all of whose initializations reached it */
  readonly withoutFailure: number
  /** success rate of the worst teacher */
  readonly worst: number
  /** initializations that did not reach the global minimum: stuck, unfinished or at the origin */
  readonly failures: number
  /** median final loss of failed runs in units of R²; undefined if none failed */
  readonly medianStuckLoss: number | undefined
  /** the largest of them */
  readonly worstStuckLoss: number | undefined
  readonly medianSteps: number
  readonly maxSteps: number
  /** number of restarts that all fail with probability ≤ 1 %, by the lower end of the interval */
  readonly restartsFor99: number
  readonly checks: number
  readonly breaches: number
}

/** Combines the reports of several teachers.
 *
 * @param teachers - at least one
 * @throws RangeError without teachers
 *
 * @example
 * import { summarizeRestarts, teacherRestarts } from '@nonconvex/gaussian-theory/restarts'
 * import { stream } from '@nonconvex/tensor'
 * console.log(summarizeRestarts([teacherRestarts([-1, 1], { k: 3, stride: 2, stream: stream(1) })]).rate) // → 1
 */
export function summarizeRestarts(teachers: readonly TeacherReport[]): RestartReport {
  checkNotEmpty('summarizeRestarts', 'teachers', teachers)
  const total = (of: (t: TeacherReport) => number): number =>
    teachers.reduce((sum, t) => sum + of(t), 0)
  const starts = total((t) => t.starts)
  const global = total((t) => t.counts.global)
  const interval = wilsonInterval(global, starts)
  const steps = teachers.flatMap((t) => t.steps)
  const losses = teachers.flatMap((t) => t.stuckLosses)
  return {
    teachers,
    starts,
    global,
    rate: global / starts,
    interval,
    withoutFailure: teachers.filter((t) => t.counts.global === t.starts).length,
    worst: Math.min(...teachers.map((t) => t.counts.global / t.starts)),
    failures: starts - global,
    medianStuckLoss: median(losses),
    worstStuckLoss: losses.length === 0 ? undefined : losses.reduce((a, b) => Math.max(a, b)),
    medianSteps: median(steps) ?? 0,
    maxSteps: steps.reduce((a, b) => Math.max(a, b), 0),
    restartsFor99: restartsNeeded(interval.low),
    checks: total((t) => t.checks),
    breaches: total((t) => t.breaches),
  }
}

export interface RestartOptions extends Omit<TeacherOptions, 'starts'> {
  readonly m: number
  /**
   * number of teachers, uniform on the unit sphere, teacher j from stream.child('teacher', j);
   * default 25
   */
  readonly teachers?: number
  /** initializations for each teacher; default 40 */
  readonly starts?: number
}

/**
 * Measures how often gradient descent reaches the global minimum of a network with overlap, over
 * random teachers and random initializations.
 *
 * @param options - m, k, stride, stream, and the numbers of teachers and initializations
 * @throws RangeError for options out of range
 * Cost: the product of initializations, steps and O(m · min(k, m/stride)); 1,000 runs at m = 8, k =
 * 8, stride 1 about 0.2 s. Source: the talk, "random initialization seems to find the global
 * optimum with high probability".
 *
 * @example
 * import { overlapRestarts } from '@nonconvex/gaussian-theory/restarts'
 * import { stream } from '@nonconvex/tensor'
 * console.log(overlapRestarts({ m: 2, k: 5, stride: 2, stream: stream(1), teachers: 3 }).rate) // → 1
 */
export function overlapRestarts(options: RestartOptions): RestartReport {
  const { m, teachers = 25, stream } = options
  checkCount('overlapRestarts', 'm', m)
  checkCount('overlapRestarts', 'teachers', teachers)
  const reports = Array.from({ length: teachers }, (_, j) => {
    const own = stream.child('teacher', j)
    return teacherRestarts(own.unitVector(m), { ...options, stream: own })
  })
  return summarizeRestarts(reports)
}

/**
 * The teacher (−1, 1, −1, …)/√m, whose reflection telescopes at stride 1.
 *
 * @param m - integer ≥ 1
 * @throws RangeError for another m
 *
 * @example
 * import { alternatingTeacher } from '@nonconvex/gaussian-theory/restarts'
 * console.log(alternatingTeacher(4)) // → Float64Array(4) [ -0.5, 0.5, -0.5, 0.5 ]
 */
export function alternatingTeacher(m: number): Float64Array {
  checkCount('alternatingTeacher', 'm', m)
  return Float64Array.from({ length: m }, (_, t) => (t % 2 === 0 ? -1 : 1) / Math.sqrt(m))
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? undefined : sorted[Math.floor((sorted.length - 1) / 2)]
}
