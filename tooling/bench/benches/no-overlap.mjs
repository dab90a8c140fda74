import { noOverlapGradient, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { here } from '../frame/compare.mjs'
import { problem } from './overlap.mjs'

const POINTS = 1000

/** Every loss and gradient, by the functions that a user calls. */
function evaluate({ rows, cols, data }, teacher, k) {
  const losses = new Float64Array(rows)
  const gradients = new Float64Array(rows * cols)
  for (let i = 0; i < rows; i++) {
    const w = data.subarray(i * cols, (i + 1) * cols)
    losses[i] = noOverlapLoss(w, teacher, k)
    gradients.set(noOverlapGradient(w, teacher, k), i * cols)
  }
  return { losses, gradients }
}

/** The network without overlap: closed forms in two lengths and an angle. */
export const noOverlap = {
  name: 'no-overlap',
  about: 'population loss without overlap, float64',
  async run(context) {
    const numpy = context.python('gaussian_numpy.py', ['numpy'])
    const torch = context.python('gaussian_torch.py', ['torch'])
    for (const [m, k] of [
      [20, 20],
      [784, 100],
    ]) {
      const { teacher, points } = problem(m, POINTS)
      const given = { options: { m, k }, arrays: { points: points.data, teacher } }
      await context.task({
        title: `loss and gradient at ${POINTS} points, m = ${m}, k = ${k}`,
        variants: [
          here(
            'ours (noOverlapLoss, noOverlapGradient)',
            () => evaluate(points, teacher, k),
            (x) => x,
          ),
          await numpy?.variant('NumPy', 'noOverlap', given),
          await torch?.variant('PyTorch, formulas', 'noOverlap', given),
        ],
        tolerances: { losses: 1e-12, gradients: 1e-12 },
      })
    }
  },
}
