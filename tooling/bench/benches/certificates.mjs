import { certifyMinimum, isSpurious } from '@nonconvex/gaussian-theory/overlap'
import { alternatingTeacher, descendBatch } from '@nonconvex/gaussian-theory/restarts'
import { here } from '../frame/compare.mjs'
import { problem } from './overlap.mjs'

const [m, k, stride] = [20, 20, 1]

/** A minimum of 20 dimensions that is not global, found by descent and polished by Newton. */
function spurious() {
  const teacher = alternatingTeacher(m)
  const { points } = problem(m, 20)
  const { ends } = descendBatch(points, teacher, { k, stride, maxSteps: 100_000 })
  for (const { kind, w } of ends) {
    if (kind !== 'stuck') continue
    const found = certifyMinimum(w, teacher, { k, stride, polish: 10 })
    if (isSpurious(found)) return { teacher, w: found.w }
  }
  throw new Error('no start ended in a spurious minimum that could be certified')
}

const middle = ({ lo, hi }) => (lo + hi) / 2

/**
 * A certified local minimum: gradient, Hessian, smallest eigenvalue, the radius on which it stays
 * positive.
 */
export const certificates = {
  name: 'certificates',
  about: `certify a local minimum of ${m} dimensions`,
  async run(context) {
    const scipy = context.python('gaussian_numpy.py', ['numpy', 'scipy'])
    const { teacher, w } = spurious()
    const label = 'ours (certifyMinimum, float64 with its rounding enclosed)'
    const numbers = (found) => ({
      loss: [middle(found.minimumValue)],
      gradient: [found.gradientBound],
      least: [middle(found.smallestEigenvalue)],
      radius: [found.radius],
      convexity: [found.convexity],
    })
    await context.task({
      title: `a spurious minimum of the network with overlap, m = ${m}, k = ${k}, stride ${stride}`,
      variants: [
        here(label, () => certifyMinimum(w, teacher, { k, stride }), numbers),
        await scipy?.variant('NumPy and SciPy (eigvalsh, brentq)', 'certificate', {
          options: { m, k, stride },
          arrays: { points: w, teacher },
          note: 'rounding not enclosed',
        }),
      ],
      tolerances: { loss: 1e-12, gradient: 1e-12, least: 1e-11, radius: 1e-9, convexity: 1e-9 },
      goals: [
        { label, atMostMs: 20 },
        { label: 'NumPy and SciPy (eigvalsh, brentq)', atLeast: 1 },
      ],
    })
  },
}
