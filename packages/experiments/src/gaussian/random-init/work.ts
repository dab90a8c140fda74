import { coefficients } from '@nonconvex/gaussian-theory'
import {
  oneWeight,
  randomInitialization,
  runGD,
  initialAngle,
  type GDReport,
} from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { ascending, largest, median, smallest } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartContext, type PartRow } from '../../define/work.js'
import { checkScalars, lossBelow } from '../scalars.js'
import { randomInit, type Params } from './experiment.js'
import { stepBound, etaOf, initializationFigure, type InitRun, type RunsOf } from './figures.js'

type Cell = CellsOf<typeof randomInit>['starts']
type Context = MeasureContext<Params>

const several = { part: 'starts', where: ({ m }: Cell) => m >= 2 } as const
const single = { part: 'starts', where: ({ m }: Cell) => m === 1 } as const

export const work = workOf(randomInit, {
  parts: {
    starts: {
      // the witness: the teacher, of length 1, and the first of these initializations
      measure: (cell, context) => {
        const wStar = Array.from(teacherOf(cell, context))
        const first = Array.from(initializationOf(cell.from, cell, context))
        return witnessed({ m: cell.m, runs: runsOf(cell, context) }, { wStar, first })
      },
      audit: agreesWithScalars,
    },
  },
  conclude: ({ starts }, params, verdict) => {
    const { k } = params
    const eta = etaOf(params)
    const found = ascending(params.m).map((m) => ({
      m,
      runs: starts.flatMap(({ measured }) => (measured.m === m ? measured.runs : [])),
    }))
    const long = found.filter(({ m }) => m >= 2)
    const runs = long.flatMap((one) => one.runs)
    const short = found.flatMap((one) => (one.m === 1 ? one.runs : []))
    // where no row is to come at all, the hypothesis that fails is named
    const needs = (need: typeof several | typeof single) =>
      params.m.some((m) => need.where({ key: '', m, from: 0, to: 0 })) ? [need] : []
    return {
      verdicts: [
        verdict(randomInitialization, needs(several), () => ({
          k,
          eta,
          m: long.at(0)?.m ?? 1,
          starts: runs.length,
          arrived: ended(runs, 'teacher').length,
          late: runs.filter((run) => run.end !== 'teacher' && run.steps >= stepBound(run, params))
            .length,
          tightest: tightestOf(runs, params),
        })),
        verdict(oneWeight, needs(single), () => ({
          k,
          eta,
          starts: short.length,
          arrived: ended(short, 'teacher').length,
          trapped: ended(short, 'opposite').length,
        })),
        verdict(initialAngle, needs(several), () =>
          found
            .filter((one) => one.runs.length > 0)
            .map((one) => ({ m: one.m, phi0: one.runs.map(({ phi0 }) => phi0) })),
        ),
      ],
      tables: [endTable(found)],
      figures: [initializationFigure(found, params)],
    }
  },
})

/** The run whose number of steps comes nearest to the bound on it. */
function tightestOf(runs: readonly InitRun[], params: Params) {
  const all = runs
    .map((run) => ({ steps: run.steps, bound: stepBound(run, params) }))
    .filter(({ bound }) => bound > 0 && Number.isFinite(bound))
  return all.length === 0
    ? undefined
    : all.reduce((a, b) => (b.steps / b.bound > a.steps / a.bound ? b : a))
}

const ended = (runs: readonly InitRun[], end: InitRun['end']): InitRun[] =>
  runs.filter((run) => run.end === end)

const teacherOf = ({ m }: Cell, { shared }: Context): Float64Array =>
  shared.child('teacher', m).unitVector(m)

/** Those of run i have their own child for each m, so they are the same in every block. */
const initializationOf = (i: number, { m }: Cell, { params, shared }: Context): Float64Array =>
  shared
    .child(`m=${m}`, i)
    .unitVector(m)
    .map((x) => params.radius * x)

function runsOf(cell: Cell, context: Context): InitRun[] {
  const { params, signal } = context
  const { k, eps, maxSteps } = params
  const wStar = teacherOf(cell, context)
  return Array.from({ length: cell.to - cell.from }, (_, i): InitRun => {
    signal.throwIfAborted()
    const w0 = initializationOf(cell.from + i, cell, context)
    const eta = etaOf(params)
    const report = runGD({ w0, wStar, k, eta, maxSteps, tolLoss: eps, check: false, signal })
    signal.throwIfAborted()
    const { r0, phi0, loss0 } = report.start
    return { r0, phi0, loss0, end: endOf(report, k), steps: report.steps }
  })
}

/** How near −αw* a run must end to have ended there. */
const AT_SADDLE = 1e-9

function endOf({ met, state }: GDReport, k: number): InitRun['end'] {
  if (met.converged !== undefined) return 'teacher'
  const { alpha } = coefficients(k)
  const near = state.phi <= AT_SADDLE && Math.abs(state.r - alpha) <= AT_SADDLE
  return near ? 'opposite' : 'elsewhere'
}

/** From here on the rounding of φ₀ moves the number of steps. */
const KNOWN = 1e-6

/** The numbers of steps as two scalars have them, which must agree to one step. */
function agreesWithScalars(
  { cell, measured }: PartRow<Cell, RunsOf, unknown>,
  { params }: PartContext<Params>,
): void {
  const { k, eps, maxSteps, step } = params
  if (step > 1) return
  for (const [i, { r0, phi0, end, steps }] of measured.runs.entries())
    if (phi0 >= KNOWN && end === 'teacher') {
      const run = { r0, phi0, k, eta: etaOf(params), maxSteps }
      checkScalars(`run ${cell.from + i}`, steps, run, lossBelow(eps, k))
    }
}

function successRate(runs: readonly InitRun[]): string {
  const arrived = ended(runs, 'teacher').length
  const { low, high } = runs.length > 0 ? wilsonInterval(arrived, runs.length) : { low: 0, high: 1 }
  return `${readable(low, 3)} to ${readable(high, 3)}`
}

const endTable = (found: readonly RunsOf[]) =>
  tableOf('ends', 'Where runs from random initializations end', found, {
    m: ['$m$', ({ m }) => m],
    starts: ['runs', ({ runs }) => runs.length],
    teacher: ['at the teacher', ({ runs }) => ended(runs, 'teacher').length],
    opposite: ['at $-\\alpha w^*$', ({ runs }) => ended(runs, 'opposite').length],
    rate: ['success rate, 95 % interval', ({ runs }) => successRate(runs)],
    closest: ['smallest $\\varphi_0$', ({ runs }) => smallest(runs.map(({ phi0 }) => phi0)), 3],
    median: ['median steps', ({ runs }) => median(stepsOf(runs))],
    most: ['most steps', ({ runs }) => largest(stepsOf(runs))],
  })

const stepsOf = (runs: readonly InitRun[]): number[] =>
  ended(runs, 'teacher').map(({ steps }) => steps)
