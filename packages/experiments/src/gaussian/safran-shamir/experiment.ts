import { ascending, largest } from '../../averages.js'
import { experiment, type ParamsOf } from '../../define/definition.js'
import { count, integer, integers, real } from '../../define/fields.js'

/** The smallest k of the symmetric families: their points are saddles there. */
const FEWEST = 5

/** Multistart of ReLU students against orthonormal teachers, and proofs of what it finds. */
export const safranShamir = experiment({
  id: 'gaussian/safran-shamir',
  part: 'optimization',
  name: 'Orthonormal teachers',
  title: 'A student with as many ReLU neurons as its teacher has spurious local minima',
  about:
    'A student of $n$ ReLU neurons learns a teacher of $k$ orthonormal neurons from Gaussian inputs. ' +
    'From $k = 6$ neurons on, the population loss with $n = k$ has spurious local minima: $p$ neurons are nearly opposite to those of the teacher. ' +
    'They are known in closed form, and interval arithmetic proves them; gradient descent from random initializations ends at them the more often, the larger $k$ is. ' +
    'One more neuron helps: a split neuron gives a strict saddle, and runs rarely miss the teacher. But where a flipped neuron is split, descent ends at another spurious minimum from $k = 7$ on. More dimensions of the input change nothing.',
  formula:
    'L(W) = \\tfrac12\\,\\mathbb{E}\\Bigl(\\sum_{i=1}^n \\mathrm{relu}(w_i\\cdot x) - \\sum_{j=1}^k \\mathrm{relu}(e_j\\cdot x)\\Bigr)^2,\\qquad x \\sim N(0, I_k)',
  symbols: [
    { tex: 'n, k', text: 'neurons of the student and of the teacher' },
    { tex: 'w_i, e_j', text: 'weights of a neuron of the student, of the teacher' },
    { tex: 'W', text: 'all weights of the student, n × k' },
  ],
  source: { paper: 'Safran & Shamir (2018), arXiv:1712.08968' },
  params: {
    k: integers({
      distinct: true,
      default: [6, 7, 8, 9, 10],
      min: FEWEST,
      max: 30,
      maxLength: 16,
      symbol: 'k',
      help: 'numbers of neurons of the teacher; spurious local minima from 6 on',
    }),
    extra: integers({
      distinct: true,
      default: [0, 1],
      min: 0,
      max: 3,
      maxLength: 4,
      symbol: 'n - k',
      help: 'numbers of extra neurons of the student',
    }),
    runs: count(200, 2000, 'random initializations for each size'),
    eta: real({
      default: 0.4,
      min: 0.01,
      max: 1,
      scale: 'log',
      symbol: '\\eta',
      help: 'step size; at most 0.8 of the largest stable one at the teacher is used',
    }),
    maxSteps: integer({
      default: 20_000,
      min: 1,
      max: 1_000_000,
      scale: 'log',
      help: 'maximum number of steps of a run',
    }),
  },
  presets: {
    quick: { k: [6, 8], runs: 150 },
    full: { k: [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] },
  },
  expectedSeconds: { quick: 4, full: 600 },
  cells: {
    /** where runs from random initializations end */
    search: (p) =>
      ascending(p.k).flatMap((k) => ascending(p.extra).map((extra) => ({ k, n: k + extra }))),
    /** the minimum of family II with one flipped neuron */
    minimum: (p) => ascending(p.k).map((k) => ({ k })),
    /** where that minimum leads with one more neuron */
    extraNeuron: (p) => ascending(p.k).map((k) => ({ k })),
    /** all symmetric families, from the k on at which the first minimum appears */
    families: (p) =>
      Array.from({ length: (largest(p.k) ?? FEWEST) - FEWEST + 1 }, (_, i) => ({ k: FEWEST + i })),
    /** the Hessian at the teacher */
    teacher: (p) => ascending(p.k).map((k) => ({ k })),
  },
})

export type Params = ParamsOf<typeof safranShamir>
