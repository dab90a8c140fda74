import {
  overlapBatch,
  OverlapEvaluator,
  overlapSmoothness,
} from '@nonconvex/gaussian-theory/overlap'
import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'
import { readableTime } from '../frame/text.mjs'

const STARTS = 1000
const stride = 1
/** With these a run has arrived; the rivals keep to them, too. */
const rules = { every: 20, tolGradient: 1e-9, tolLoss: 1e-14 }

/** A teacher and starts on its sphere, drawn as the restarts' experiment draws them. */
export function problem(m, starts) {
  const draws = stream(1).child('overlap', m)
  const teacher = draws.child('teacher').unitVector(m)
  const data = new Float64Array(starts * m)
  for (let i = 0; i < starts; i++) data.set(draws.child('start', i).unitVector(m), i * m)
  return { teacher, points: { rows: starts, cols: m, data } }
}

/** The points where the runs ended, one after the other. */
function endsOf(ends, m) {
  const out = new Float64Array(ends.length * m)
  ends.forEach(({ w }, i) => out.set(w, i * m))
  return out
}

/** Each rival that is there, with the same task. */
const rivalsOf = async (programs, labels, task, given) =>
  Promise.all(programs.map((program, i) => program?.variant(labels[i], task, given)))

async function batches(context, programs, m, k) {
  const { teacher, points } = problem(m, STARTS)
  const given = { options: { m, k, stride }, arrays: { points: points.data, teacher } }
  await context.task({
    title: `loss and gradient at ${STARTS} points, filter m = ${m}, windows k = ${k}, stride ${stride}`,
    variants: [
      here(
        'ours (overlapBatch)',
        () => overlapBatch(points, teacher, { k, stride }),
        ({ losses, gradients }) => ({ losses, gradients: gradients.data }),
      ),
      ...(await rivalsOf(programs, ['NumPy', 'PyTorch, formulas'], 'batch', given)),
      await programs[1]?.variant('PyTorch, autograd', 'autograd', given),
    ],
    tolerances: { losses: 1e-12, gradients: 1e-12 },
  })
}

async function restarts(context, programs, { m, k, maxSteps }) {
  const { teacher, points } = problem(m, STARTS)
  const eta = 1 / overlapSmoothness({ m, k, stride })
  const given = {
    options: { m, k, stride, eta, ...rules, maxSteps },
    arrays: { points: points.data, teacher },
  }
  const descend = () => descendBatch(points, teacher, { k, stride, eta, ...rules, maxSteps })
  const { ends } = descend()
  const arrived = ends.every(({ kind }) => kind !== 'unfinished')
  const global = ends.filter(({ kind }) => kind === 'global').length
  const steps = ends.reduce((sum, end) => sum + end.steps, 0)
  await context.task({
    title:
      `gradient descent from ${STARTS} starts ${arrived ? 'to convergence' : `up to step ${maxSteps}`}, ` +
      `m = ${m}, k = ${k}, stride ${stride}: ${steps} steps, ${global} at the global minimum`,
    variants: [
      here(
        'ours (descendBatch)',
        descend,
        (run) => ({ ends: endsOf(run.ends, m), losses: run.ends.map(({ loss }) => loss) }),
        { note: 'checks every step, too' },
      ),
      ...(await rivalsOf(programs, ['NumPy', 'PyTorch, formulas'], 'descend', given)),
    ],
    // two runs that stop in the same valley: the last steps of a flat one differ by more than
    // rounding
    tolerances: { ends: 1e-5, losses: 1e-9 },
    goals: ['NumPy', 'PyTorch, formulas'].map((label) => ({ label, atLeast: 10 })),
  })
}

async function single(context, programs, m, k) {
  const { teacher, points } = problem(m, 1)
  const at = new OverlapEvaluator(teacher, { k, stride })
  const gradient = new Float64Array(m)
  const label = 'ours (OverlapEvaluator)'
  await context.task({
    title: `one loss and gradient, m = ${m}, k = ${k}, stride ${stride}`,
    variants: [
      here(
        label,
        () => at.lossAndGradientInto(gradient, points.data),
        (loss) => ({ losses: [loss], gradients: gradient }),
      ),
      ...(await rivalsOf(programs, ['NumPy', 'PyTorch, formulas'], 'batch', {
        options: { m, k, stride },
        arrays: { points: points.data, teacher },
      })),
    ],
    tolerances: { losses: 1e-12, gradients: 1e-12 },
    goals: [{ label, atMostMs: 0.3 }],
  })
}

/** Cost grows with m · min(k, m): beyond that no window shares a coordinate with the first. */
function growth(context) {
  const sizes = [
    [8, 100],
    [16, 100],
    [32, 100],
    [64, 100],
    [64, 2],
    [64, 8],
    [64, 32],
    [64, 1000],
  ]
  const rows = sizes.map(([m, k]) => {
    const { teacher, points } = problem(m, 1)
    const at = new OverlapEvaluator(teacher, { k, stride })
    const gradient = new Float64Array(m)
    const { time } = here('', () => at.lossAndGradientInto(gradient, points.data))
    return { m, k, time, calls: Math.round(1e6 / (m * Math.min(k, m))), best: Infinity }
  })
  for (let round = 0; round < 15; round++)
    for (const row of rows) row.best = Math.min(row.best, row.time(row.calls) / row.calls)
  context.table(
    'how one loss and gradient grows: O(m · min(k, m)) at stride 1; best of 15',
    ['m', 'k', 'time', 'per m · min(k, m)'],
    rows.map(({ m, k, best }) => [
      m,
      k,
      readableTime(best),
      readableTime(best / (m * Math.min(k, m))),
    ]),
  )
}

/** The network with overlap: one filter, k windows that share coordinates, Gaussian inputs. */
export const overlap = {
  name: 'overlap',
  about: 'population loss with overlap, float64: many starts, one point, growth',
  async run(context) {
    const programs = [
      context.python('gaussian_numpy.py', ['numpy']),
      context.python('gaussian_torch.py', ['torch']),
    ]
    for (const [m, k] of [
      [8, 8],
      [20, 20],
    ])
      await batches(context, programs, m, k)
    await restarts(context, programs, { m: 8, k: 8, maxSteps: 20_000 })
    // to convergence these are 4,000 steps a start
    await restarts(context, programs, { m: 20, k: 20, maxSteps: 200 })
    await single(context, programs, 32, 100)
    growth(context)
  },
}
