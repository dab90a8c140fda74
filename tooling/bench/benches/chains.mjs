import { chain } from '@nonconvex/structured/chains'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'

const [BATCH, LENGTH, STATES] = [256, 50, 20]
const NUMPY = 'NumPy, all chains at once'
const TORCH = {
  autograd: 'PyTorch, autograd',
  shared: 'PyTorch, autograd, one table for all steps',
  products: 'PyTorch, products',
}

/** Forward–backward of many chains. */
export const chains = {
  name: 'chains',
  about: 'forward–backward of chains: log partition functions and marginals of labels and pairs',
  async run(context) {
    const numpy = context.python('chains_python.py', ['numpy'])
    const torch = context.python('chains_torch.py', ['torch'])
    const draws = stream(1).child('chains')
    const size = LENGTH * STATES
    const unary = draws.normalInto(new Float64Array(BATCH * size))
    const transition = {
      rows: STATES,
      cols: STATES,
      data: draws.normalInto(new Float64Array(STATES * STATES)),
    }
    const given = {
      options: { batch: BATCH, length: LENGTH, states: STATES },
      arrays: { unary, transition: transition.data },
    }
    await context.task({
      title: `${BATCH} chains of ${LENGTH} positions with ${STATES} labels`,
      variants: [
        here(
          'ours (chain)',
          () =>
            Array.from({ length: BATCH }, (_, b) =>
              chain({
                unary: {
                  rows: LENGTH,
                  cols: STATES,
                  data: unary.subarray(b * size, (b + 1) * size),
                },
                transition,
              }),
            ),
          (all) => ({
            logZ: Float64Array.from(all, ({ logZ }) => logZ),
            node: Float64Array.from(all.flatMap(({ node }) => [...node.data])),
          }),
        ),
        await numpy?.variant(NUMPY, 'forward_backward', given),
        await torch?.variant(TORCH.autograd, 'autograd', given),
        await torch?.variant(TORCH.shared, 'shared', given),
        await torch?.variant(TORCH.products, 'products', given),
      ],
      tolerances: { logZ: 1e-9, node: 1e-10 },
      goals: [
        { label: NUMPY, atLeast: 1 },
        // marginals of pairs summed over steps and chains are less than `chain` gives: no goal for `shared`
        { label: TORCH.autograd, atLeast: 3 },
        { label: TORCH.products, atLeast: 3 },
      ],
    })
  },
}
