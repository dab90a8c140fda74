import { sampleGradient, sampleLoss, teacherSample } from '@nonconvex/gaussian-theory/samples'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'

const EXAMPLES = 1000
const [NUMPY, TORCH] = ['NumPy', 'PyTorch, autograd']

/**
 * Loss and gradient of the one-filter network on a drawn sample: what a step of SGD on fresh
 * samples costs.
 */
export const samples = {
  name: 'samples',
  about: 'squared error and its gradient on a sample, float64',
  async run(context) {
    const numpy = context.python('gaussian_numpy.py', ['numpy'])
    const torch = context.python('gaussian_torch.py', ['torch'])
    for (const [m, k, stride] of [
      [8, 8, 1],
      [32, 100, 32],
    ]) {
      const draws = stream(1).child('samples', k)
      const [teacher, w] = [draws.child('teacher').unitVector(m), draws.child('w').unitVector(m)]
      const sample = teacherSample(EXAMPLES, teacher, { k, stride, stream: draws.child('x') })
      const given = {
        options: { m, k, stride, n: EXAMPLES },
        arrays: { x: sample.x.data, y: sample.y, w },
      }
      await context.task({
        title: `loss and gradient on ${EXAMPLES} inputs, m = ${m}, k = ${k}, stride ${stride}`,
        variants: [
          here(
            'ours (sampleLoss, sampleGradient)',
            () => [sampleLoss(sample, w, { k, stride }), sampleGradient(sample, w, { k, stride })],
            ([loss, gradient]) => ({ loss: [loss], gradient }),
          ),
          await numpy?.variant(NUMPY, 'sample', given),
          await torch?.variant(TORCH, 'sample', given),
        ],
        tolerances: { loss: 1e-12, gradient: 1e-12 },
      })
    }
  },
}
