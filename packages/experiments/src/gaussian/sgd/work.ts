import { noOverlapGradient, type SampleComparison } from '@nonconvex/gaussian-theory'
import {
  empiricalLandscape,
  landscapeGap,
  monteCarlo,
  runSGD,
  sgdConstantStep,
  sgdStep,
  sgdUnbiased,
  teacherSample,
} from '@nonconvex/gaussian-theory/samples'
import { ascending, finite, largest, mean, median } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf } from '../../define/work.js'
import { etaOf, sgd, type Params } from './experiment.js'
import { sgdFigures, shownSteps, type Batch, type Fixed, type RunMeasured } from './figures.js'
import { fixedOf, outcomes } from './fixed-sample.js'

type Context = MeasureContext<Params>
type Cells = CellsOf<typeof sgd>

const teacherOf = ({ params, shared }: Context): Float64Array =>
  shared.child('teacher').unitVector(params.m)

/** What was measured, with the teacher of all cells, of length 1. */
const withTeacher = <M>(measured: M, context: Context) =>
  witnessed(measured, { wStar: Array.from(teacherOf(context)) })

export const work = workOf(sgd, {
  parts: {
    gradient: { measure: (_, context) => withTeacher(gradientOf(context), context) },
    runs: { measure: (cell, context) => withTeacher({ runs: runsOf(cell, context) }, context) },
    gap: { measure: (cell, context) => withTeacher({ gaps: gapsOf(cell, context) }, context) },
    fixed: {
      measure: (cell, context) =>
        withTeacher(fixedOf(cell, context.params, context.stream, context.signal), context),
    },
  },
  conclude: (rows, params, verdict) => {
    const batches = params.batch.map((batch) => ({
      batch,
      runs: rows.runs.flatMap(({ cell, measured }) => (cell.size === batch ? measured.runs : [])),
    }))
    const gaps = rows.gap.map(({ cell, measured }) => ({ n: cell.size, ...measured }))
    const fixed = ascending(params.fixed)
      .map((n) => ({
        n,
        ends: rows.fixed.flatMap(({ cell, measured }) => (cell.size === n ? measured.ends : [])),
      }))
      .filter(({ ends }) => ends.length > 0)
    return {
      verdicts: [
        verdict(sgdUnbiased, ['gradient'], () => ({
          samples: params.samples,
          ...rows.gradient[0].measured,
        })),
        verdict(sgdConstantStep, ['runs'], () => leastSuccessful(batches, params)),
        verdict(empiricalLandscape, ['gap'], () => ({
          sizes: gaps.map(({ n }) => n),
          gaps: gaps.map((one) => mean(one.gaps)),
        })),
      ],
      tables: [runTable(batches, params), fixedTable(fixed)],
      figures: sgdFigures({ batches, gaps, fixed }, params),
    }
  },
})

const arrivedOf = (runs: readonly RunMeasured[]): RunMeasured[] =>
  runs.filter(({ arrived }) => arrived)

/** The batch size with the lowest success rate. */
function leastSuccessful(batches: readonly Batch[], { m, etaB }: Params) {
  const rates = batches
    .filter(({ runs }) => runs.length > 0)
    .map(({ runs }) => ({ runs, rate: arrivedOf(runs).length / runs.length }))
  const { runs } = rates.reduce((a, b) => (b.rate < a.rate ? b : a))
  const arrived = arrivedOf(runs)
  const steps = median(arrived.map((run) => run.steps))
  return {
    m,
    runs: runs.length,
    arrived: arrived.length,
    etaRatio: Math.max(...etaB),
    ...(steps !== null && { medianSteps: steps }),
  }
}

function runsOf({ size, from, to }: Cells['runs'], context: Context): RunMeasured[] {
  const { params, stream, signal } = context
  const { k, m, maxSteps } = params
  const wStar = teacherOf(context)
  const network = { k, stride: m, batch: size }
  const eta = etaOf(params, size) * sgdStep({ ...network, m })
  return Array.from({ length: to - from }, (_, i) => {
    signal.throwIfAborted()
    const draws = stream.child('run', from + i)
    const w0 = draws.child('start').unitVector(m)
    const inputs = draws.child('inputs')
    const run = runSGD({ w0, wStar, ...network, eta, maxSteps, stream: inputs })
    const { status, steps, distances } = run
    const last = distances.length - 1
    return {
      arrived: status === 'converged',
      steps,
      turnedAway: run.turnedAway,
      // a step that is too long may leave the range of numbers
      distances: shownSteps.map((t) => Math.min(1e9, distances[Math.min(t, last)] || 0)),
    }
  })
}

function gradientOf(context: Context): SampleComparison {
  const { params, stream } = context
  const { k, m, samples } = params
  const wStar = teacherOf(context)
  const w = stream.child('w').normalInto(new Float64Array(m))
  const at = { w, wStar, k, stride: m, n: samples, stream: stream.child('inputs') }
  const { gradient, gradientSe } = monteCarlo(at)
  return {
    exact: Array.from(noOverlapGradient(w, wStar, k)),
    mean: Array.from(gradient),
    error: Array.from(gradientSe),
  }
}

/** Samples of each size: the exponent's standard error is then 0.026, a quarter of the slack. */
const REPEATS = 40

const POINTS = 10

function gapsOf({ size }: Cells['gap'], context: Context): number[] {
  const { params, stream, shared, signal } = context
  const { k, m } = params
  const wStar = teacherOf(context)
  const options = { k, stride: m }
  const data = shared.child('points').normalInto(new Float64Array(POINTS * m))
  const points = { rows: POINTS, cols: m, data }
  return Array.from({ length: REPEATS }, (_, i) => {
    signal.throwIfAborted()
    const sample = teacherSample(size, wStar, { ...options, stream: stream.child('sample', i) })
    return landscapeGap(sample, wStar, points, options).loss
  })
}

/** Fraction of the steps on which the angle to the teacher grew. */
const turnedAway = ({ runs }: Batch): number | null => {
  const total = (of: (run: RunMeasured) => number) => runs.reduce((sum, run) => sum + of(run), 0)
  return finite(total((run) => run.turnedAway) / total((run) => run.steps))
}

const runTable = (batches: readonly Batch[], params: Params) => {
  const { k, m } = params
  const eta = (batch: number) => etaOf(params, batch) * sgdStep({ k, stride: m, m, batch })
  return tableOf('runs', 'Runs with a constant learning rate', batches, {
    batch: ['batch $B$', ({ batch }) => batch],
    eta: ['learning rate $\\eta$', ({ batch }) => eta(batch), 4],
    arrived: ['runs that converged', ({ runs }) => `${arrivedOf(runs).length} of ${runs.length}`],
    median: ['median steps', ({ runs }) => median(arrivedOf(runs).map(({ steps }) => steps))],
    most: ['most steps', ({ runs }) => largest(arrivedOf(runs).map(({ steps }) => steps))],
    turned: ['fraction of steps away from the teacher', turnedAway, 3],
  })
}

const outcomeTitles = {
  teacher: 'at the teacher',
  'other-fit': 'at other weights that fit',
  flat: 'at a critical point, loss > 0',
  kink: 'at a non-differentiable point, loss > 0',
  'on-the-way': 'not finished',
}

/** Distances to the teacher where it was not reached. */
const distancesOf = (ends: Fixed['ends']): number[] =>
  ends.flatMap(({ outcome, distance }) => (outcome === 'teacher' ? [] : [distance]))

const fixedTable = (fixed: readonly Fixed[]) =>
  tableOf('fixed', 'Gradient descent on a fixed sample', fixed, {
    n: ['examples $N$', ({ n }) => n],
    ...Object.fromEntries(
      outcomes.map((outcome) => [
        outcome,
        [
          outcomeTitles[outcome],
          ({ ends }: Fixed) => ends.filter((end) => end.outcome === outcome).length,
        ] as const,
      ]),
    ),
    distance: ['median distance of failures', ({ ends }) => median(distancesOf(ends)), 3],
    loss: ['largest loss of the sample', ({ ends }) => largest(ends.map(({ loss }) => loss)), 3],
  })
