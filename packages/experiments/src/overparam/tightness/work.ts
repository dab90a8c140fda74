import {
  boundSetting,
  displacementBound,
  initialPush,
  initialWeights,
  separability,
  trainSgd,
  updateBounds,
  type EngineName,
} from '@nonconvex/overparam'
import {
  displacementBoundAttained,
  displacementBoundHolds,
  displacementFloor,
  displacementForms,
  initialTermAttained,
  orthonormalAttained,
  orthonormalRuns,
  potentialsAttained,
  potentialsReached,
  publishedAttained,
  publishedLoose,
  publishedOrder,
  quadraticAttained,
  slopeBoundAttained,
  tightUpdateData,
  twoExamplesGrow,
  twoExamplesRuns,
  widthFreeAttained,
  worstCaseFactor,
  type DisplacedRun,
  type InitialRow,
  type TightRun,
} from '@nonconvex/overparam/tightness'
import type { DecidableClaim } from '@nonconvex/optim/claims'
import { power, type Stream } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { InputError } from '../../define/input-error.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { agrees } from '../runs/agrees.js'
import { plantedData } from '../runs/planted.js'
import { scaledRun } from '../runs/run-options.js'
import { tightness, type InstanceCell } from './experiment.js'
import { attainedFigure, growthFigure, randomMeans, type RandomRows } from './figures.js'
import type { DisplacedMeasured, InstanceMeasured, RandomMeasured } from './measured.js'

type Params = ParamsOf<typeof tightness>

type Context = Pick<MeasureContext<Params>, 'params' | 'stream'>

const MAX_EXAMPLES = 300_000

/** The instance of a cell, with v = 1/√(2k). */
function makeInstance(cell: InstanceCell, params: Params) {
  const { alpha, beta } = cell
  const { gamma } = params
  const needed = worstCaseFactor(alpha, beta).factor / gamma ** 2
  if (needed > MAX_EXAMPLES)
    throw new InputError(
      `parameter gamma: expected instances of at most ${MAX_EXAMPLES} examples, but α = ${alpha} and β = ${beta} need about ${Math.ceil(needed)} at gamma = ${gamma}; take a larger gamma`,
    )
  return tightUpdateData(optionsOf(cell, params))
}

function optionsOf({ alpha, beta, k = 1, size = 0 }: InstanceCell, { gamma }: Params) {
  return { alpha, beta, gamma, k, rho: (size / alpha) * Math.sqrt(2 * k) }
}

function instanceOf(
  cell: InstanceCell,
  { params, stream }: Context,
  engine: EngineName,
): InstanceMeasured {
  const instance = makeInstance(cell, params)
  const { data, start, k, v, eta, alpha, separator, fast } = instance
  const n = data.x.rows
  const net = { k, v, alpha, start }
  const run = trainSgd(data, { ...net, eta, engine, order: { kind: 'cyclic' } })
  const order = { kind: 'permutation', stream: stream.child('order') } as const
  const other = trainSgd(data, { ...net, eta, engine, order, maxSteps: 100 * n })
  const before = { k, v, alpha, d: 4, weights: start }
  const setting = boundSetting(before, data, separator, eta)
  const { slope, quad, disp, paper } = updateBounds(setting)
  return {
    k,
    examples: n,
    fast,
    margin: setting.gamma,
    radius: setting.radius,
    converged: run.status === 'converged',
    updates: run.updates,
    permuted: other.updates,
    slope,
    quad,
    disp,
    excess: setting.excess,
    displaced: displacementBound({ ...setting, ...initialPush(before, data) }),
    paper,
    startRow: setting.startRow,
    v,
    potentials: potentialsReached({ instance, setting, run }),
  }
}

/** Random directions with margin 0.05, a network of 10 units a sign at the default step. */
function randomOf(alpha: number, stream: Stream, engine: EngineName): RandomMeasured {
  const [k, d, n, gamma] = [10, 20, 200, 0.05]
  const { data } = plantedData({ n, d, gamma }, stream.child('data'))
  const options = scaledRun(stream, { k, d, alpha })
  const { net, updates } = trainSgd(data, { ...options, engine })
  const answer = separability(data)
  if (answer.kind !== 'separable') throw new Error('planted data are separable')
  const { slope } = updateBounds(
    boundSetting({ ...net, weights: options.start }, data, answer.w, 10),
  )
  return { updates, slope }
}

/** Kinds of initial weights of the random runs, and how often each. */
const kinds = ['Gaussian', 'opposite to the separator', 'equal rows', 'zero'] as const
const EACH = 5

/** Small random data from initial weights that push the outputs to the wrong side. */
function displacedOf(alpha: number, stream: Stream, engine: EngineName): DisplacedMeasured {
  const runs = kinds.flatMap((start) =>
    Array.from({ length: EACH }, (_, i) => {
      const source = stream.child(start, i)
      const [k, d, n] = [1 + source.integer(8), 2 + source.integer(6), 5 + source.integer(36)]
      const eta = power(10, 2 * source.uniform())
      const size = power(10, 2 * source.uniform() - 1)
      const { data } = plantedData({ n, d, gamma: 0.1 }, source.child('data'))
      const answer = separability(data)
      if (answer.kind !== 'separable') throw new Error('planted data are separable')
      const { w } = answer
      const weights = initialWeights(
        start === 'opposite to the separator'
          ? { kind: 'adversarial', rho: size / answer.lo, wStar: w }
          : { kind: 'gauss', row: size, stream: source.child('start') },
        k,
        d,
      )
      if (start === 'equal rows') for (let j = 1; j < 2 * k; j++) weights.copyWithin(j * d, 0, d)
      if (start === 'zero') weights.fill(0)
      const { net, status, updates } = trainSgd(data, {
        k,
        alpha,
        start: weights,
        eta,
        engine,
        order: { kind: 'permutation', stream: source.child('order') },
        maxSteps: 1e6,
      })
      const before = { ...net, weights }
      const setting = boundSetting(before, data, w, eta)
      return {
        start,
        converged: status === 'converged',
        updates,
        displaced: displacementBound({ ...setting, ...initialPush(before, data) }),
        coarse: displacementBound(setting),
        excess: setting.excess,
      }
    }),
  )
  return { runs }
}

export const work = workOf(tightness, {
  parts: {
    instance: {
      measure: (cell, context) => instanceOf(cell, context, 'auto'),
      // the same runs by the plainest engine
      audit: ({ cell, measured }, context) => {
        agrees(measured, instanceOf(cell, context, 'primal'))
      },
    },
    exact: {
      measure: () => ({ two: twoExamplesRuns(), orthonormal: orthonormalRuns([2, 5, 12]) }),
    },
    displaced: {
      measure: ({ alpha }, { stream }) => displacedOf(alpha, stream, 'auto'),
      audit: ({ cell, measured }, { stream }) => {
        agrees(measured, displacedOf(cell.alpha, stream, 'primal'))
      },
    },
    random: {
      measure: ({ alpha }, { stream }) => randomOf(alpha, stream, 'auto'),
      audit: ({ cell, measured }, { stream }) => {
        agrees(measured, randomOf(cell.alpha, stream, 'primal'))
      },
    },
  },
  conclude: ({ instance, random, exact, displaced }, p, verdict) => {
    const all = instance.map(({ cell, measured }): Instance => ({
      ...measured,
      ...cell,
      gamma: p.gamma,
      k: measured.k,
      coarse: measured.disp,
      floor: displacementFloor(optionsOf(cell, p)),
      name: nameOf(cell),
    }))
    const displacements = [
      ...all,
      ...displaced.flatMap(({ cell: { alpha }, measured: { runs } }) =>
        runs.map(({ start, ...one }) => ({ name: `α = ${alpha}, W₀ ${start}`, ...one })),
      ),
    ]
    type Kind = InstanceCell['set']
    const of = (...sets: readonly Kind[]): readonly Instance[] =>
      all.filter(({ set }) => sets.includes(set))
    const on = (claim: DecidableClaim<readonly Instance[]>, ...sets: readonly Kind[]) =>
      verdict(claim, [{ part: 'instance', where: ({ set }) => sets.includes(set) }], () =>
        of(...sets),
      )
    return {
      verdicts: [
        on(slopeBoundAttained, 'any', 'small', 'large'),
        on(potentialsAttained, 'any', 'small'),
        on(publishedAttained, 'any', 'small'),
        on(quadraticAttained, 'any', 'small'),
        on(publishedOrder, 'small'),
        on(publishedLoose, 'large'),
        on(initialTermAttained, 'opposite'),
        on(widthFreeAttained, 'width'),
        verdict(displacementBoundHolds, ['instance', 'displaced'], () => displacements),
        verdict(displacementForms, ['instance', 'displaced'], () => displacements),
        verdict(
          displacementBoundAttained,
          [{ part: 'instance', where: ({ set }) => ['any', 'small', 'opposite'].includes(set) }],
          () => of('any', 'small', 'opposite'),
        ),
        verdict(twoExamplesGrow, ['exact'], () => exact[0].measured.two),
        verdict(orthonormalAttained, ['exact'], () => exact[0].measured.orthonormal),
      ],
      tables: [instanceTable(all), randomTable(random)],
      figures: [attainedFigure(of('any'), random, p), growthFigure(of('small'), of('large'), p)],
    }
  },
})

interface Instance extends InstanceMeasured, TightRun, DisplacedRun, InitialRow, InstanceCell {
  readonly floor: number
  readonly alpha: number
  readonly beta: number
  readonly k: number
}

function nameOf({ set, alpha, beta, k = 1, size = 0 }: InstanceCell): string {
  const setting = `α = ${alpha}, β = ${beta}`
  if (set === 'opposite') return `ραv = ${size}, ${setting}`
  return set === 'width' ? `k = ${k}, ${setting}` : setting
}

/** What the instances of a set are for, in a word of a table. */
const purpose: Record<InstanceCell['set'], (k: number, size?: number) => string> = {
  any: () => 'bound',
  small: () => 'small steps',
  large: () => 'large steps',
  opposite: (_, size) => `W₀ opposite, ραv = ${size}`,
  width: (k) => `width k = ${k}`,
}

const instanceTable = (instances: readonly Instance[]) =>
  tableOf('instances', 'Instances: updates of SGD in cyclic order, and the bounds', instances, {
    for: ['for', ({ set, k, size }) => purpose[set](k, size)],
    alpha: ['$\\alpha$', ({ alpha }) => alpha, 2],
    beta: ['$\\beta$', ({ beta }) => beta, 2],
    updates: ['updates $U$', ({ updates }) => updates],
    fast: ['with all units active', ({ fast }) => fast],
    slope: ['$B_{slope}$', ({ slope }) => slope, 6],
    ratio: ['$U/B_{slope}$', ({ updates, slope }) => updates / slope, 4],
    disp: ['$B_{disp}$, coarse', ({ disp }) => disp, 6],
    displaced: ['$B_{disp}$', ({ displaced }) => displaced, 6],
    quad: ['$B_{quad}$', ({ quad }) => quad, 6],
    paper: ['$M_k$', ({ paper }) => paper, 6],
    published: ['$U/M_k$', ({ updates, paper }) => updates / paper, 3],
    permuted: ['updates in random order', ({ permuted }) => permuted],
  })

const randomTable = (rows: RandomRows) =>
  tableOf(
    'random',
    'Random data for comparison: 200 examples in 20 dimensions, margin 0.05, k = 10, η = 10; means',
    randomMeans(rows),
    {
      alpha: ['$\\alpha$', ({ alpha }) => alpha, 2],
      sets: ['data sets', ({ sets }) => sets],
      updates: ['updates $U$', ({ updates }) => updates, 4],
      slope: ['$B_{slope}$', ({ slope }) => slope, 4],
      ratio: ['$U/B_{slope}$', ({ ratio }) => ratio, 3],
    },
  )
