import { blocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, real, text } from '../../define/fields.js'
import { systemFault, systemNames } from './system-fault.js'

const system = {
  // both systems, with every bracket and quote encoded, must fit into an address of 4000 characters
  maxLength: 600,
  form: 'the name of a set system, or JSON {"n": …, "subsets": [[…], …], "k": …}',
  suggestions: systemNames,
}

const BLOCK = 50

export const hardness = experiment({
  id: 'gaussian/hardness',
  part: 'optimization',
  name: 'Hardness',
  title: 'With arbitrary inputs, training is as hard as set splitting',
  about:
    'Set splitting asks whether the elements of a set can be partitioned into $k$ parts so that no given subset lies inside one part; it is NP-complete. ' +
    'It reduces to training the same small network: one example for each element and each subset, and zero loss exactly if there is such a partition, which the weights encode. ' +
    'Gradient descent mostly fails on instances that brute force solves at once, while on Gaussian inputs of the same size it converges from every initialization.',
  formula:
    '\\min_w \\frac{1}{n+M}\\sum_j \\big(f(x_j;w) - y_j\\big)^2 \\;\\begin{cases} = 0 & \\text{there is a splitting}\\\\ \\ge \\Gamma & \\text{there is none}\\end{cases}',
  symbols: [
    { tex: 'n', text: 'number of elements; each is an example with label 1/k' },
    { tex: 'M', text: 'number of subsets; each is an example with label 0' },
    { tex: 'k', text: 'number of parts, and of patches of the network' },
    { tex: '\\Gamma', text: 'gap; a smaller loss proves that there is a splitting' },
  ],
  source: {
    talk: 'Gaussian Inputs: learning with arbitrary inputs is hard',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    instance: text({
      default: 'fano-less',
      ...system,
      help: `set system to be split: ${systemNames.join(', ')}, or JSON with the number of elements n, the subsets as lists of elements, and the number of parts k`,
    }),
    blocked: text({
      default: 'fano',
      ...system,
      help: 'set system without a splitting, on which the gap Γ is checked: fano, triangle, k4-three, or JSON',
    }),
    starts: count(300, 5000, 'random initializations'),
    eta: real({
      default: 0.5,
      min: 1e-3,
      max: 10,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size on set systems; if it is far too large, every ReLU becomes dead',
    }),
    steps: count(20_000, 1_000_000, 'maximum number of steps of a run'),
    instances: count(
      200,
      2000,
      'random set systems on which the reduction is compared with brute force',
    ),
  },
  review: (values) =>
    (['instance', 'blocked'] as const).flatMap((where) => {
      const message = systemFault(where, values[where])
      return message === undefined ? [] : [{ where, message }]
    }),
  presets: {
    quick: { starts: 300, steps: 5000, instances: 50 },
    full: { instance: 'planted-10', instances: 1000 },
  },
  expectedSeconds: { quick: 1, full: 10 },
  cells: {
    /** random set systems */
    reduction: (p) => blocks(p.instances, BLOCK),
    /** initializations on the instance, on the one without a splitting, on Gaussian inputs of its size */
    hard: (p) => blocks(p.starts, BLOCK),
    blocked: (p) => blocks(p.starts, BLOCK),
    gaussian: (p) => blocks(p.starts, BLOCK),
    /** both systems in exact arithmetic */
    exact: () => [{}],
  },
})

export type Params = ParamsOf<typeof hardness>
