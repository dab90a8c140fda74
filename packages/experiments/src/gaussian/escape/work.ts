import { coefficients } from '@nonconvex/gaussian-theory'
import {
  antiparallelInitialization,
  escape as escapeBound,
  escapeAssertions,
  escapeConstant,
  escapeScaling,
  escapeSteps,
  escapeTime,
  runGD,
  initializationHypotheses,
} from '@nonconvex/gaussian-theory/descent'
import { leakyDescent, leakyEscape } from '@nonconvex/gaussian-theory/leaky'
import { difference, readable } from '@nonconvex/optim/claims'
import { angles, norm2 } from '@nonconvex/tensor'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartContext, type PartRow } from '../../define/work.js'
import { across } from '../across.js'
import { differenceOfSteps } from '../difference-of-steps.js'
import { angleColumns } from '../powers-of-tenth.js'
import { checkScalars } from '../scalars.js'
import { escape, initialAngles, type Params } from './experiment.js'
import { escapeFigure, etaOf, type NearMeasured, type NearRun } from './figures.js'

type Cells = CellsOf<typeof escape>
type Context = MeasureContext<Params>

/** Unit teacher, and the direction of the initial weights off its ray; none for one weight. */
interface Witness {
  readonly wStar: readonly number[]
  readonly e: readonly number[]
}

export const work = workOf(escape, {
  parts: {
    near: {
      measure: (cell, context) => {
        const { k, leak } = cell
        const witness = witnessOf(context)
        const runs = initialAngles(context.params).map((phi) =>
          nearRun(cell, phi, witness, context),
        )
        return witnessed({ k, leak, runs }, witness)
      },
      audit: agreesWithScalars,
    },
    constant: { measure: () => ({ checked: escapeAssertions() }) },
    opposite: {
      measure: ({ k }, context) =>
        witnessed(oppositeOf(k, witnessOf(context), context.params), witnessOf(context)),
    },
  },
  conclude: (rows, params, verdict) => {
    const { m } = params
    const near = rows.near.map(({ measured }) => measured)
    const found = {
      relu: near.filter(({ leak }) => leak === 0),
      leaky: near.filter(({ leak }) => leak > 0),
    }
    const opposite = rows.opposite.map(({ measured }) => measured)
    const onRelu = { part: 'near', where: ({ leak }: Cells['near']) => leak === 0 } as const
    const onLeaks = { part: 'near', where: ({ leak }: Cells['near']) => leak > 0 } as const
    const runs = found.relu.flatMap(({ k, runs: own }) => own.map((run) => ({ k, run })))
    const setting = (k: number) => ({ k, m, eta: etaOf(k, 0, params) })
    const small = runs
      .filter(({ run }) => run.phi0 <= 1.1e-3)
      .map(({ k, run: { phi0, steps, taken } }) => ({
        which: `k = ${k}`,
        facts: { ...setting(k), phi0, steps: steps ?? undefined, taken },
      }))
    const all = runs.map(({ k, run: { phi0, r0, steps, taken } }) => ({
      facts: {
        met: steps ?? undefined,
        taken,
        bound: escapeSteps({ phi0, r0, R: 1, k, eta: etaOf(k, 0, params) }),
        goal: 'angle to −w* at least π/2',
        which: `k = ${k} from φ₀ = ${readable(phi0, 2)}`,
        hypotheses: initializationHypotheses(m, phi0),
      },
    }))
    const withLeak = found.leaky.map(({ k, leak: slope, runs: own }) => {
      const [before, last] = own.slice(-2)
      // a run that did not escape counts as infinitely long
      const steps = [before.steps ?? 0, last.steps ?? Infinity] as const
      const eta = etaOf(k, slope, params)
      const facts = { k, m, R: 1, slope, steps, eta, phi0: before.phi0 }
      return { which: `k = ${k}, slope ${slope}`, facts }
    })
    const onRay = opposite.map(({ k, loss, phi, r }) => {
      return { which: `k = ${k}`, facts: { ...setting(k), loss, phi, r } }
    })
    const [closest, inSteps] = [{ closeness: difference }, { closeness: differenceOfSteps }]
    return {
      verdicts: [
        verdict.each(escapeScaling, [onRelu], () => small, closest),
        verdict.each(escapeBound, [onRelu], () => all),
        verdict(escapeConstant, ['constant'], () => rows.constant[0].measured.checked),
        verdict.each(leakyEscape, [onLeaks], () => withLeak, inSteps),
        verdict.each(antiparallelInitialization, ['opposite'], () => onRay, closest),
      ],
      tables: [stepTable(near, params), oppositeTable(opposite)],
      figures: [escapeFigure(found, params)],
    }
  },
})

function witnessOf({ params: { m }, shared }: Context): Witness {
  const wStar = shared.child('teacher').unitVector(m)
  const e = m === 1 ? [] : across(wStar, shared.child('across'))
  return { wStar: Array.from(wStar), e: Array.from(e) }
}

/** The initial weights of norm 1 at angle φ to −w*. */
const initializationOf = (phi: number, { wStar, e }: Witness): number[] =>
  wStar.map((x, i) => Math.sin(phi) * e[i] - Math.cos(phi) * x)

function nearRun(
  { k, leak }: Cells['near'],
  phi: number,
  witness: Witness,
  { params, signal }: Context,
): NearRun {
  signal.throwIfAborted()
  const { wStar, e } = witness
  // one weight has no direction off the ray
  if (e.length === 0) return { phi0: 0, r0: 1, steps: null, taken: 0 }
  const w0 = initializationOf(phi, witness)
  const { maxSteps } = params
  const eta = etaOf(k, leak, params)
  const { escaped, steps } = leakyDescent({ w0, wStar, k, slope: leak, maxSteps, eta })
  return { phi0: angles(w0, wStar).phi, r0: norm2(w0), steps: escaped ?? null, taken: steps }
}

export type OppositeMeasured = ReturnType<typeof oppositeOf>

/** Enough to come to rest on the ray for every step size. */
const RAY_STEPS = 5000

function oppositeOf(k: number, { wStar }: Witness, params: Params) {
  const w0 = wStar.map((x) => -x)
  const eta = etaOf(k, 0, params)
  const { status, steps, state } = runGD({ w0, wStar, k, eta, maxSteps: RAY_STEPS, check: false })
  return { k, status, steps, r: state.r, phi: state.phi, loss: state.loss }
}

/** The runs with ReLU as two scalars, which must leave at the same step, or the next. */
function agreesWithScalars(
  { cell: { k, leak }, measured }: PartRow<Cells['near'], NearMeasured, Witness>,
  { params }: PartContext<Params>,
): void {
  if (leak > 0 || params.step > 1) return
  const how = { k, eta: etaOf(k, 0, params), maxSteps: params.maxSteps }
  for (const { phi0, r0, steps } of measured.runs)
    if (steps !== null)
      checkScalars(`from ${phi0}`, steps, { r0, phi0, ...how }, ({ phi }) => phi >= Math.PI / 2)
}

function stepTable(near: readonly NearMeasured[], params: Params) {
  const phis = initialAngles(params)
  const rows = [...near].sort((a, b) => a.k - b.k || a.leak - b.leak)
  const scaled = ({ k, leak, runs }: NearMeasured) => {
    const scaling = escapeTime(k, phis[phis.length - 1], etaOf(k, 0, params))
    const last = runs.at(-1)?.steps ?? null
    return leak > 0 || scaling === 0 || last === null ? null : last / scaling
  }
  return tableOf('steps', 'Steps until the angle to $-w^*$ is $\\pi/2$', rows, {
    k: ['$k$', ({ k }) => k],
    leak: ['slope $\\lambda$', ({ leak }) => leak],
    ...angleColumns(phis, ({ runs }: NearMeasured, i) => runs[i].steps),
    ratio: ['last column / $((k-1)/(\\eta c\\,\\varphi_0))$', scaled, 4],
  })
}

const ends: { readonly [status: string]: string | undefined } = {
  converged: 'at the teacher',
  antiparallel: 'at the saddle −αw*',
  origin: 'at the origin',
  'max-steps': 'out of steps',
}

const saddleLoss = ({ alpha, c }: ReturnType<typeof coefficients>): number =>
  (c / 2) * (1 - alpha * alpha)

const oppositeTable = (opposite: readonly OppositeMeasured[]) =>
  tableOf(
    'opposite',
    'Initialization exactly opposite to the teacher',
    [...opposite].sort((a, b) => a.k - b.k),
    {
      k: ['$k$', ({ k }) => k],
      end: ['end point', ({ status }) => ends[status] ?? status],
      steps: ['steps', ({ steps }) => steps],
      r: ['distance from $0$', ({ r }) => r, 6],
      alpha: ['$\\alpha$', ({ k }) => coefficients(k).alpha, 6],
      loss: ['last loss', ({ loss }) => loss, 6],
      saddle: ['loss of the saddle', ({ k }) => saddleLoss(coefficients(k)), 6],
    },
  )
