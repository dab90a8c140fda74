import { blocks } from '../../define/blocks.js'
import { experiment } from '../../define/definition.js'
import { integer, real, text } from '../../define/fields.js'
import { systemFault, systemNames } from './system-fault.js'

const system = {
  // both systems, with every bracket and quote encoded, must fit into an address of 4000 characters
  maxLength: 600,
  form: 'the name of a set system, or JSON {"n": …, "subsets": [[…], …], "k": …}',
  suggestions: systemNames,
}

const BLOCK = 50

/** Set splitting as a training problem. */
export const hardness = experiment({
  id: 'gaussian/hardness',
  part: 'optimisation',
  name: 'Hardness',
  title: 'With arbitrary inputs, training is as hard as set splitting',
  about:
    'Can the elements of a set be put into $k$ parts so that none of given subsets lies inside one part? That question is NP-complete. ' +
    'It becomes a training problem for the same small network: an example for each element and one for each subset, and loss 0 exactly if there is such a partition, which can be read off the weights. ' +
    'Gradient descent mostly fails on instances that brute force solves at once, while it learns Gaussian inputs of the same size from every start.',
  formula:
    '\\min_w \\frac{1}{n+M}\\sum_j \\big(f(x_j;w) - y_j\\big)^2 \\;\\begin{cases} = 0 & \\text{there is a splitting}\\\\ \\ge \\Gamma & \\text{there is none}\\end{cases}',
  symbols: [
    { tex: 'n', text: 'number of elements; each is an example with label 1/k' },
    { tex: 'M', text: 'number of subsets; each is an example with label 0' },
    { tex: 'k', text: 'number of parts, and of windows of the network' },
    { tex: '\\Gamma', text: 'gap; a smaller loss shows a splitting' },
  ],
  source: {
    talk: 'Gaussian Inputs: learning with arbitrary inputs is hard',
    paper: 'Brutzkus & Globerson (2017), arXiv:1702.07966',
  },
  params: {
    instance: text({
      default: 'fano-less',
      ...system,
      help: `set system to be split: ${systemNames.join(', ')}, or JSON with n elements, lists of them as subsets, and k parts`,
    }),
    blocked: text({
      default: 'fano',
      ...system,
      help: 'set system for the gap, which needs one that cannot be split: fano, triangle, k4-three, or JSON',
    }),
    starts: integer({ default: 300, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
    eta: real({
      default: 0.5,
      min: 1e-3,
      max: 10,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size of descent on set systems; one that is far too long turns every window off',
    }),
    steps: integer({ default: 20_000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
    instances: integer({
      default: 200,
      min: 1,
      max: 2000,
      scale: 'log',
      help: 'random set systems on which reduction and brute force are compared',
    }),
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
    /** starts on the instance, on the one that should not split, on Gaussian inputs of its size */
    hard: (p) => blocks(p.starts, BLOCK),
    blocked: (p) => blocks(p.starts, BLOCK),
    gaussian: (p) => blocks(p.starts, BLOCK),
  },
})
