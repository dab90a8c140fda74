import { explorer, type Explorer } from '../explore/explorer.js'
import { proofParams, type ProofParams } from './params.js'

/** The proof of the bound on the updates, update by update. */
export const proof: Explorer = explorer<ProofParams>({
  id: 'proof',
  name: 'Proof, update by update',
  part: 'generalization',
  title: 'A line eventually crosses a square root, so the updates of SGD must stop',
  about:
    'Each update lifts the alignment ⟨W, W*⟩ along a line at least; the norm ‖W‖ bounds the alignment from above, and grows no faster than a root. Where they cross is the bound on the number of updates.',
  formula:
    '\\eta\\alpha\\gamma\\, t \\;\\le\\; \\frac{\\langle W_t, W^* \\rangle}{\\sqrt{2k}} \\;\\le\\; \\|W_t\\| \\;\\le\\; \\sqrt{(2\\eta + \\eta^2R^2)\\,t} \\quad\\Longrightarrow\\quad t \\;\\le\\; \\frac{R^2}{\\alpha^2\\gamma^2}\\Bigl(1 + \\frac{2}{\\eta R^2}\\Bigr)',
  params: proofParams,
  presets: [
    { name: 'crossing', title: 'line, root and run up to the crossing', input: {} },
    { name: 'the run', title: 'the run alone, update by update', input: { shown: 'the run' } },
    {
      name: 'close',
      title: 'a linear network with a large margin comes near to its bound',
      input: { alpha: 1, gamma: 0.5, eta: 0.1 },
    },
    {
      name: 'small leak',
      title: 'α = 0.1: the line is flat, and the bound is loose',
      input: { alpha: 0.1 },
    },
    { name: 'width 1000', title: 'the same run with another width', input: { k: 1000 } },
  ],
  view: async () => (await import('./proof.js')).Proof,
})
