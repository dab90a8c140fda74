import { ascending } from '../../averages.js'
import { keyedBlocks } from '../../define/blocks.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { choice, count, counts, real, whole } from '../../define/fields.js'

/** All distributions that are compared; on the last one the algorithm fails. */
export const kinds = [
  'gaussian',
  'laplace',
  'lifted-symmetrised',
  'exponential',
  'shift',
  'lifted',
] as const

export type Kind = (typeof kinds)[number]

/** The distribution of the learning curves; the lifted ones have three inputs only. */
export const followed = ({ inputs }: { readonly inputs: Kind }): Kind =>
  inputs.startsWith('lifted') ? 'gaussian' : inputs

const drawn = ['gaussian', 'lifted'] as const

const BLOCK = 5

export const baum = experiment({
  id: 'gaussian/baum',
  part: 'optimization',
  name: "Baum's algorithm",
  title: 'Baum’s algorithm learns an intersection of two half-spaces on symmetric inputs',
  about:
    'A point is positive if it lies in both of two half-spaces. Step 1 finds a half-space that contains all positives, step 2 a quadratic form with the sign of the labels there. ' +
    'The form exists up to a region where both $u\\cdot x$ and $v\\cdot x$ are negative; for symmetric inputs that region is as rare as the positives that step 1 misses. ' +
    'For inputs on one side of a plane it is not, and no form exists: a weighted set of a few examples proves it.',
  formula:
    'y = + \\iff u\\cdot x > 0 \\text{ and } v\\cdot x > 0,\\qquad \\hat y = + \\iff w\\cdot x > 0 \\text{ and } x^{\\top}Qx > 0',
  symbols: [
    { tex: 'u, v', text: 'the unknown half-spaces' },
    { tex: 'w', text: 'half-space of step 1, which contains all positives of the first sample' },
    { tex: 'Q', text: 'quadratic form of step 2, fitted where w·x > 0' },
  ],
  source: {
    talk: "Baum's algorithm for an intersection of half-spaces works for symmetric distributions",
    paper: 'Baum (1990), A polynomial time algorithm that learns two hidden unit nets',
  },
  params: {
    inputs: choice({
      default: 'gaussian',
      values: kinds,
      help: 'input distribution on which the theorem is checked; errors are measured on every distribution',
    }),
    n: whole(3, [2, 8], 'input dimension; the lifted distributions have dimension 3', {
      symbol: 'n',
    }),
    runs: whole(10, [1, 200], 'random pairs of half-spaces, one run for each'),
    first: count(20_000, 1_000_000, 'training examples of step 1, which finds the half-space', {
      min: 10,
      symbol: 'm_1',
    }),
    // with 800, three of 200 runs on lifted inputs find a form by chance; with 3,000 none of 200
    second: count(
      3000,
      100_000,
      'training examples of step 2, which finds the quadratic form; about half of them are kept',
      {
        min: 10,
        symbol: 'm_2',
      },
    ),
    test: count(30_000, 1_000_000, 'test examples', { min: 100 }),
    eps: real({
      default: 0.05,
      min: 1e-4,
      max: 0.5,
      scale: 'log',
      symbol: '\\varepsilon',
      help: 'target error',
    }),
    dims: counts(
      [2, 3, 5],
      [8, 4],
      'input dimensions n of the learning curves; ignored for the lifted distributions',
      { min: 2 },
    ),
    sizes: counts(
      [100, 200, 400, 800, 1600, 3200, 6400],
      [100_000, 12],
      'numbers of training examples of step 2 along the learning curves',
      { min: 10 },
    ),
    curveRuns: whole(
      20,
      [2, 500],
      'random pairs of half-spaces for each learning curve, one run for each',
    ),
  },
  presets: { quick: { runs: 4, test: 10_000 }, full: {} },
  expectedSeconds: { quick: 2, full: 4 },
  cells: {
    /** pairs of half-spaces on one distribution */
    runs: ({ n, runs }) =>
      kinds.flatMap((kind) => keyedBlocks(runs, BLOCK, `${kind}/runs=`, { kind, n })),
    /** pairs of half-spaces in n dimensions, with growing samples */
    curve: (p) =>
      ascending(p.dims).flatMap((n) =>
        keyedBlocks(p.curveRuns, BLOCK, `curve/n=${n}/runs=`, { kind: followed(p), n }),
      ),
    /** sample sizes of the guarantee */
    sizes: () => [{}],
    /** one run in space, for the figure */
    picture: () => drawn.map((kind) => ({ key: `picture/${kind}`, kind, n: 3, from: 0, to: 1 })),
  },
})

export type Params = ParamsOf<typeof baum>
