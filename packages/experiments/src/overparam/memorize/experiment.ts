import { experiment } from '../../define/definition.js'
import { integer } from '../../define/fields.js'
import {
  epochBudget,
  failureProbability,
  inputDimension,
  leakySlope,
  learningRate,
  teacherMargin,
  widthsCompared,
} from '../fields.js'
import { source } from '../source.js'

/** The labels of a run: of a hyperplane, or coin flips in their place. */
export const labelings = ['random', 'true'] as const

export type Labeling = (typeof labelings)[number]

/** Random labels on the inputs of planted data. */
export const memorize = experiment({
  id: 'overparam/memorize',
  part: 'generalization',
  name: 'Random labels',
  title: 'With kd > n SGD fits random labels, and no compression bound certifies anything',
  about:
    'The expressivity of wide networks, and what a bound must not do with it. The labels of planted linear data are replaced by coin flips. With more than $n/d$ units of each sign SGD still reaches a training loss of exactly 0; two units do not. From $kd = n$ on a network that fits is constructed without training, by a linear system. New labels are coin flips too, so that the test error is ½: whatever bounds the error by the number of parameters alone, or by the training loss alone, fails here. The compression bounds do not, as nearly every example was updated. With the true labels of the same inputs the same networks reach the same training loss with far fewer updated examples.',
  formula:
    'kd > n:\\quad \\frac1n\\sum_i (1 - y_i N(x_i))_+ = 0, \\qquad \\Pr(yN(x) \\le 0) = \\tfrac12 \\;\\le\\; \\varepsilon(n, c, \\delta)',
  symbols: [
    { tex: 'y_i', text: 'random signs, independent of the inputs' },
    { tex: 'c', text: 'number of distinct examples ever updated' },
  ],
  source,
  params: {
    k: widthsCompared([1, 2, 5, 11, 20, 50], 1000, 10),
    sets: integer({ default: 10, min: 1, max: 100, help: 'number of data sets' }),
    d: inputDimension,
    n: integer({
      default: 200,
      min: 20,
      max: 5000,
      scale: 'log',
      symbol: 'n',
      help: 'number of training examples',
    }),
    gamma: teacherMargin,
    test: integer({
      default: 2000,
      min: 100,
      max: 50_000,
      scale: 'log',
      help: 'number of test examples',
    }),
    alpha: leakySlope,
    eta: learningRate(10),
    delta: failureProbability,
    epochs: epochBudget(2000, 20_000),
  },
  presets: { quick: { k: [1, 2, 11, 30], sets: 4, epochs: 1000 }, full: { sets: 20 } },
  expectedSeconds: { quick: 2, full: 30 },
  cells: {
    run: (p) =>
      Array.from({ length: p.sets }, (_, set) =>
        p.k.flatMap((k) =>
          labelings.map((labels) => ({ key: `${set}/k=${k}/${labels}`, set, k, labels })),
        ),
      ).flat(),
    /** the narrowest network with kd ≥ n, for each data set */
    constructed: (p) => Array.from({ length: p.sets }, (_, set) => ({ set })),
  },
})
