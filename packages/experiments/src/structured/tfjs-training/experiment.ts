import { experiment, type ParamsOf } from '../../define/definition.js'
import { count } from '../../define/fields.js'
import { hiddenUnits, initializations, learningRate, seeds } from '../fields.js'

/** The invariant layer in TensorFlow.js, beside the float64 reference. */
export const tfjsTraining = experiment({
  id: 'structured/tfjs-training',
  part: 'architecture',
  name: 'TensorFlow.js',
  title: 'Training the invariant layer in TensorFlow.js matches the float64 reference',
  about:
    'A TensorFlow.js model with the graph-permutation-invariant layer learns by `model.fit` to label each node of a random graph with the number of its neighbors of its own class. ' +
    'The same network is trained in float64 from the same initial weights on the same batches. ' +
    'On the trained weights the scores of both engines agree up to the rounding of float32 sums, label by label, whether the layer runs as one fused kernel or as composed ops; a permutation of the nodes permutes the predictions, and a saved model predicts the same bits.',
  formula:
    '|\\hat y - y| \\le \\gamma_K\\,|W|(|z|),\\qquad \\gamma_K = \\frac{K\\,2^{-24}}{1 - K\\,2^{-24}}',
  symbols: [
    { tex: '\\hat y', text: 'scores computed in float32' },
    { tex: 'y', text: 'scores computed in float64' },
    { tex: '|W|(|z|)', text: 'scores of the network with absolute weights and features' },
    { tex: 'K', text: 'roundings on the longest path through the network' },
  ],
  source: {
    talk: 'Graph-permutation invariance',
    ours: 'the layer as a TensorFlow.js layer',
  },
  params: {
    graphs: count(1000, 20_000, 'training graphs'),
    epochs: count(20, 1000, 'training epochs'),
    batch: count(20, 1000, 'batch size'),
    rate: learningRate(1e-2),
    hidden: hiddenUnits(24, 256, ' of the invariant layer'),
    test: count(500, 10_000, 'test graphs', { min: 2 }),
    seeds: initializations(3),
  },
  presets: {
    quick: { graphs: 400, epochs: 12, test: 200, seeds: 2 },
    full: {},
  },
  expectedSeconds: { quick: 6, full: 40 },
  cells: { network: (p) => seeds(p.seeds) },
})

export type Params = ParamsOf<typeof tfjsTraining>
