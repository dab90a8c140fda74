import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import * as api from './api.js'
import { countRefusals } from './count-refusals.js'
import { pairwiseRefusals } from './pairwise-refusals.js'
import type { Refusal } from './refusal.js'
import { boxes, toy } from './toy-scene.js'

// Every public function of the entry is called with arguments that it cannot work with: it says so
// by its name, at once.

const pair = api.graphOf(
  [[1], [2]],
  [
    [[0], [1]],
    [[1], [0]],
  ],
)
const notFinite = { ...pair, nodes: { rows: 2, cols: 1, data: Float64Array.of(1, NaN) } }
const unfit = { ...pair, edges: { rows: 3, cols: 1, data: new Float64Array(3) } }
const badMask = { ...pair, mask: Uint8Array.of(0, 2, 1, 0) }
const identity: api.GraphLabeling = ({ nodes }) => ({ nodes })
const one = { width: 1, map: (x: Float64Array): number[] => [x[0]] }
const matrixOf = (rows: number, cols: number, x: number) => ({
  rows,
  cols,
  data: new Float64Array(rows * cols).fill(x),
})
const matrix = (rows: number, cols: number) => matrixOf(rows, cols, 0)
const names = { classes: ['none', 'dog', 'cat'], predicates: ['none', 'near'] }
const image = { id: 7, width: 10, height: 10, boxes: boxes.slice(0, 2) }
const layerSizes = { nodeFeatures: 1, edgeFeatures: 1, hidden: 2, nodeOutputs: 2 }
const netSizes = { inputs: 2, hidden: [2], questions: 1, classes: 2 }
const lstmSizes = { nodeFeatures: 1, edgeFeatures: 1, state: 2, nodeOutputs: 2 }
const predictor = api.sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 2 }, stream(1))
const scene = api.tinyScene(stream(1))
const strange = { objects: matrix(2, 3), relations: matrix(4, 4) }
const fit = { train: [scene], valid: [scene], stream: stream(1), source: stream(1) }

/** Each kind of graph that is not well formed. */
const graphs = (call: (graph: api.Graph) => unknown): readonly Refusal[] => [
  [() => call(notFinite), /nodes\[.*1.*\] to be finite, got NaN/],
  [() => call(unfit), 'edges must have n² = 4 rows, got 3', ShapeError],
  [() => call(badMask), 'mask[1] must be 0 or 1, got 2'],
]

const refusals: { readonly [name: string]: readonly Refusal[] } = {
  ...countRefusals,
  ...pairwiseRefusals,
  checkGraph: graphs((graph) => api.checkGraph('checkGraph', graph)),
  graphOf: [
    [
      () => api.graphOf([[1], [2, 3]]),
      'nodes must have 1 features in each row, got 2 in row 1',
      ShapeError,
    ],
    [() => api.graphOf([[NaN]]), /to be finite, got NaN/],
    [
      () => api.graphOf([[1]], [[[0], [0]]]),
      'edges must have 1 rows of 1 entries, got 2',
      ShapeError,
    ],
    [
      () => api.graphOf([[1]], undefined, [[1, 0]]),
      'mask must have 1 rows of 1 entries, got 2',
      ShapeError,
    ],
  ],
  checkPermutation: [
    [
      () => api.checkPermutation('checkPermutation', [0], 2),
      'sigma must have length 2, got 1',
      ShapeError,
    ],
    [
      () => api.checkPermutation('checkPermutation', [1, 1], 2),
      'sigma must hold each of 0 … 1 once, got 1 at 1',
    ],
  ],
  permuteGraph: [
    ...graphs((graph) => api.permuteGraph(graph, [0, 1])),
    [() => api.permuteGraph(pair, [0, 2]), 'sigma must hold each of 0 … 1 once, got 2 at 1'],
  ],
  permuteLabels: [
    [
      () => api.permuteLabels({ nodes: [1, 2, 3] }, [1, 0]),
      'nodes must have 2 rows, got 3',
      ShapeError,
    ],
    [
      () => api.permuteLabels({ edges: [1, 2, 3] }, [1, 0]),
      'edges must have 4 rows, got 3',
      ShapeError,
    ],
  ],
  gpiLayer: [
    ...graphs(api.gpiLayer({ rho: one })),
    [
      () => api.gpiLayer({ rho: { width: 2, map: () => [1] } })(pair),
      /must have 2 entries, got 1/,
      ShapeError,
    ],
    [() => api.gpiLayer({ rho: { width: 1, map: () => [NaN] } })(pair), /must be finite, got NaN/],
  ],
  repeatGPI: [
    [
      () => api.repeatGPI(api.gpiLayer({ rho: one }), { steps: 0 }),
      'steps must be an integer ≥ 1, got 0',
    ],
    ...graphs(api.repeatGPI(api.gpiLayer({ rho: one }), { steps: 1 })),
  ],
  batchedLayer: [
    [() => api.batchedLayer({ ...layerSizes, hidden: 0 }), 'hidden must be an integer ≥ 1, got 0'],
  ],
  graphBatch: [
    [() => api.graphBatch([]), 'graphs must be at least 1, got 0'],
    ...graphs((graph) => api.graphBatch([graph])),
    [
      () => api.graphBatch([pair, api.graphOf([[1, 2]])]),
      'nodes of all graphs must have 1 features, got 2',
      ShapeError,
    ],
  ],
  denseNet: [
    [() => api.denseNet({ ...netSizes, inputs: 0 }), 'inputs must be integers ≥ 1, got 0'],
  ],
  recurrentNet: [
    [() => api.recurrentNet({ ...lstmSizes, state: 1.5 }), 'state must be an integer ≥ 1, got 1.5'],
    [() => api.recurrentNet({ ...lstmSizes, before: 0 }), 'before must be an integer ≥ 1, got 0'],
    [
      () => api.recurrentNet({ ...lstmSizes, edgeFeatures: -1 }),
      'edgeFeatures must be an integer ≥ 0, got -1',
    ],
  ],
  readingOrder: [
    [() => api.readingOrder(-1, 2), 'graphs must be an integer ≥ 0, got -1'],
    [() => api.readingOrder(1, 0), 'n must be an integer ≥ 1, got 0'],
  ],
  checkGPI: [
    [() => api.checkGPI(identity, { sizes: [0.5] }), 'sizes must be integers ≥ 0, got 0.5'],
    [() => api.checkGPI(identity, { trials: 0 }), 'trials must be an integer ≥ 1, got 0'],
    [() => api.checkGPI(identity, { tol: -1 }), 'tol must be ≥ 0, got -1'],
    [() => api.checkGPI(() => ({ nodes: [] })), 'nodes must have 1 rows, got 0', ShapeError],
  ],
  graphInWords: graphs(api.graphInWords),
  mixedSampler: [[() => api.mixedSampler(-1, 0), 'd must be an integer ≥ 0, got -1']],
  constructive: [
    [() => api.constructive(identity, [[1], [NaN]]), 'letters must be finite, got NaN in letter 1'],
    [() => api.constructive(identity, [[1], [1]]), /letters/],
    [() => api.constructive(identity, [[1], [2, 3]]), /letter/, ShapeError],
    ...graphs(api.constructive(identity, [[1], [2]]).apply),
    [
      () =>
        api.constructive(identity, [[1], [2]]).apply(
          api.graphOf(
            [[1], [1]],
            [
              [[0], [0]],
              [[0], [0]],
            ],
          ),
        ),
      /nodes 0 and 1/,
    ],
  ],
  demoGraph: [
    [
      () => api.demoGraph(stream(1), 13),
      'n must be an integer ≥ 0, at most 12 for different letters, got 13',
    ],
    [() => api.demoGraph(stream(1), -1, true), 'n must be an integer ≥ 0, got -1'],
  ],
  parallelMeanField: [
    [() => api.parallelMeanField({ labels: 0, steps: 1 }), 'labels must be an integer ≥ 1, got 0'],
    [
      () => api.parallelMeanField({ labels: 1, steps: 1, damping: 1 }),
      'damping must be in [0, 1), got 1',
    ],
    [() => api.parallelMeanField({ labels: 2, steps: 1 })(pair), /nodes must have a/, ShapeError],
  ],
  parallelBeliefPropagation: [
    [
      () => api.parallelBeliefPropagation({ mode: 'sum', labels: 1.5, steps: 1 }),
      'labels must be an integer ≥ 1, got 1.5',
    ],
    [
      () => api.parallelBeliefPropagation({ mode: 'sum', labels: 2, steps: 1 })(pair),
      /nodes must have a/,
      ShapeError,
    ],
  ],
  structure2vec: [
    [
      () =>
        api.structure2vec({
          w1: matrix(1, 1),
          w2: matrix(2, 1),
          w3: matrix(1, 0),
          w4: matrix(0, 0),
          steps: 1,
        }),
      'w2 must be 1 × 1, got 2 × 1',
      ShapeError,
    ],
  ],
  sceneGraphPredictor: [
    [
      () => api.sceneGraphPredictor({ classes: 1, predicates: 2 }),
      'classes must be an integer ≥ 2, got 1',
    ],
    [
      () => api.sceneGraphPredictor({ classes: 2, predicates: 2, steps: 0 }),
      'steps must be an integer ≥ 1, got 0',
    ],
  ],
  SceneGraphPredictor: [
    [() => predictor.predict([strange]), /scores must be of 7 classes/, ShapeError],
  ],
  tinyScene: [[() => api.tinyScene(stream(1), { kappa: 2 }), 'kappa must be in [0, 1], got 2']],
  tinyAnswers: [
    [
      () => api.tinyAnswers(scene, { pairMargin: NaN }),
      'pairMargin must be finite and ≥ 0, got NaN',
    ],
  ],
  trainPredictor: [
    [
      () => api.trainPredictor(predictor, { ...fit, train: [] }),
      'train scenes must be an integer ≥ 1, got 0',
    ],
    [
      () => api.trainPredictor(predictor, { ...fit, batch: 0 }),
      'batch must be an integer ≥ 1, got 0',
    ],
  ],
  evaluateScenes: [
    [
      () => api.evaluateScenes([toy], { constrained: true, predicates: 0 }),
      'predicates must be an integer ≥ 1, got 0',
    ],
    [
      () =>
        api.evaluateScenes(
          [
            {
              ...toy,
              prediction: { ...toy.prediction, boxes: [boxes[0], boxes[1], [0, 0, NaN, 1]] },
            },
          ],
          { constrained: true, predicates: 2 },
        ),
      'prediction.boxes[2] must be four finite numbers, got 0, 0, NaN, 1',
    ],
    [
      () =>
        api.evaluateScenes([{ ...toy, truth: { ...toy.truth, classes: [1] } }], {
          constrained: true,
          predicates: 2,
        }),
      'truth must have a class for each of 3 boxes, got 1',
      ShapeError,
    ],
  ],
  sceneMeter: [
    [
      () => api.sceneMeter({ constrained: true, predicates: 2, at: [0] }),
      'K must be an integer ≥ 1, got 0',
    ],
  ],
  rankTriplets: [
    [() => api.rankTriplets(toy.prediction, true, -1), 'limit must be an integer ≥ 0, got -1'],
    [
      () => api.rankTriplets({ ...toy.prediction, classes: [1] }, true, 1),
      'predicates must have n² = 1 rows of 2 or more, got 9 × 3',
      ShapeError,
    ],
    [
      () => api.rankTriplets({ ...toy.prediction, scores: [1] }, true, 1),
      'scores must have length 3, got 1',
      ShapeError,
    ],
    [
      () => api.rankTriplets({ ...toy.prediction, scores: [1, NaN, 1] }, true, 1),
      'scores[1] must be finite, got NaN',
    ],
    [
      () => api.rankTriplets({ ...toy.prediction, predicates: matrixOf(9, 3, NaN) }, false, 1),
      'predicates[3] must be finite, got NaN',
    ],
  ],
  boxOverlap: [
    [
      () => api.boxOverlap([0, 0, NaN, 1], boxes[0], false),
      'a must be four finite numbers, got 0, 0, NaN, 1',
    ],
    [
      () => api.boxOverlap(boxes[0], [0, 0, 1, Infinity], false),
      'b must be four finite numbers, got 0, 0, 1, Infinity',
    ],
  ],
  frequencyCounter: [
    [
      () => api.frequencyCounter(names).add(image),
      'scenes must have classes, got image 7 without classes',
    ],
  ],
  frequencyPredictor: [
    [
      () =>
        api.frequencyPredictor({
          ...names,
          triplets: Int32Array.of(1, 2, 1, 1),
          unrelated: new Int32Array(0),
        }),
      /a predicate must be from 1 to 1, got 2/,
    ],
  ],
  attentionMap: [
    [
      () =>
        api.attentionMap(
          api.sceneGraphPredictor(
            { classes: 7, predicates: 4, hidden: 2, attention: 'none' },
            stream(1),
          ),
          scene,
        ),
      /^attentionMap: predictor must have attention, got one that pools by /,
    ],
  ],
  boxFeatures: [
    [() => api.boxFeatures({ ...image, width: 0 }), 'width must be positive and finite, got 0'],
    [() => api.boxFeatures(image, [1]), 'confidence must have length 2, got 1', ShapeError],
  ],
  demoScene: [
    [
      () => api.demoScene(stream(1), { innerMargin: -1 }),
      'innerMargin must be finite and ≥ 0, got -1',
    ],
  ],
  editedDemoScene: [
    [
      () => api.editedDemoScene(stream(1), { without: new Set([99]) }),
      /object to be an integer in \[0, \d+\], got 99/,
    ],
    [
      () => api.editedDemoScene(stream(1), { boxes: new Map([[0, [0, 0, 641, 9]]]) }),
      'expected a box with area in 640 × 480 pixels, got 0, 0, 641, 9',
    ],
  ],
  demoScenes: [[() => api.demoScenes(stream(1), -1), 'count must be an integer ≥ 0, got -1']],
  demoDetections: [[() => api.demoDetections(stream(1), { miss: 2 }), /miss in .*got 2$/]],
  networkPredictor: [
    [
      () => api.networkPredictor(predictor, api.frequencyCounter(names).table(), 'predcls'),
      'expected a network of 3 classes and 2 predicates, got 7 and 4',
    ],
  ],
  pairFrequencies: [
    [
      () => {
        const less = api.frequencyCounter(names)
        less.add({ ...image, classes: [1, 2], relations: [[0, 1, 1]] })
        api.pairFrequencies(api.frequencyCounter(names).table(), less.table())
      },
      'subtracted counts must be at most the total counts, got 1 of 0',
    ],
  ],
  networkTraining: [
    [
      () =>
        api.networkTraining({
          options: { ...api.networkDefaults, model: 'network' },
          task: 'predcls',
          table: api.frequencyCounter(names).table(),
          scenes: [],
          source: stream(1),
        }),
      'expected at least 2 images with relations, got 0',
    ],
  ],
  scenePicture: [
    [
      () => api.scenePicture(image, names),
      'the scene must have classes, got image 7 without classes',
    ],
    [
      () => api.scenePicture({ ...image, classes: [1, 3] }, names),
      'expected class and predicate numbers from 1 to 2, which have names, got 3',
    ],
  ],
}

/** Functions that pass on to others, whose name the message has. */
const through: { readonly [name: string]: readonly [call: () => unknown, message: RegExp] } = {
  deepSets: [() => api.deepSets({ alpha: one, rho: one })(notFinite), /^gpiLayer: expected nodes/],
  messagePassing: [
    () => api.messagePassing({ message: one, update: one, steps: 0 }),
    /^repeatGPI: expected steps to be an integer ≥ 1, got 0/,
  ],
  perceptronPasses: [
    () => api.perceptronPasses(api.attainedMistakes(1).problem, { passes: 0 }).next(),
    /^structuredPerceptron: expected passes to be an integer ≥ 1, got 0/,
  ],
  networkScenes: [
    () =>
      api.networkScenes(
        { ...names, triplets: Int32Array.of(1, 2, 1, 1), unrelated: new Int32Array(0) },
        'predcls',
      ),
    /^frequencyPredictor: a predicate must be from 1 to 1, got 2/,
  ],
  trainingSteps: [
    () => api.trainingSteps(predictor, { ...fit, train: [] }).next(),
    /^trainPredictor: expected train scenes to be an integer ≥ 1, got 0/,
  ],
  annotatedNetwork: [
    () => api.annotatedNetwork({ model: 'network', hidden: 0 }, names),
    /^batchedLayer: expected hidden to be an integer ≥ 1, got 0/,
  ],
  labelingOf: [
    () => api.labelingOf(api.batchedLayer(layerSizes))(notFinite),
    /^graphBatch: expected nodes.* to be finite, got NaN/,
  ],
  trainingStep: [
    () =>
      api.trainingStep(api.batchedLayer(layerSizes), api.graphBatch([pair]), {
        nodes: Int32Array.of(5, 0),
      }),
    /BatchedLayer.*nodes.*5/,
  ],
  firstMismatch: [
    () => api.firstMismatch(identity, api.constructive(identity, [[1], [2]]), api.graphOf([[3]])),
    /^constructive: /,
  ],
  nodeClassifier: [
    () => api.nodeClassifier({ states: 0, features: 1 }),
    /^chainCrf: expected states to be an integer ≥ 1, got 0/,
  ],
  BatchedLayer: [() => api.batchedLayer(layerSizes).forward(), /expected a loaded batch, got none/],
  DenseNet: [() => api.denseNet(netSizes).forward([1]), /^DenseNet\.forward: examples must have 2/],
}

/** '<argument> must be X, got Y' and 'expected <argument> to be X, got Y' say the same. */
const refusal = (text: string): string =>
  text
    .replace(/expected (.+?) to (be|have|join|sum|allow) /, '$1 must $2 ')
    .replace(/expected (\S+) in /, '$1 must be in ')

describe.each(Object.entries(refusals))('%s', (name, cases) => {
  it.each(cases.map(([call, message, kind = RangeError]) => ({ call, message, kind })))(
    'says: $message',
    ({ call, message, kind }) => {
      let thrown: unknown
      try {
        call()
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(kind)
      const said = (thrown as Error).message
      expect(said).toMatch(new RegExp(`^${name}: `))
      if (typeof message === 'string') expect(refusal(said)).toBe(refusal(`${name}: ${message}`))
      else expect(said).toMatch(message)
    },
  )
})

it.each(Object.entries(through))('%s passes on', (_, [call, message]) => {
  expect(call).toThrow(message)
})

it('no public function is forgotten', () => {
  // a predicate on checked graphs, a list that others check, a baseline whose layers check, what
  // takes what others made, and what answers 0 for classes that it does not know
  const free = [
    'pairExists',
    'batchStructure',
    'PerObjectPredictor',
    'seenIn',
    'demoPartner',
    'labeledDemo',
    'isForest',
    'messageStrength',
    'posteriorLabels',
    'parityBayes',
    // hypotheses from a measured number
    'enoughEpochs',
    'enoughTraining',
  ]
  const functions = Object.entries(api).flatMap(([name, value]) =>
    typeof value === 'function' && !name.startsWith('decide') ? [name] : [],
  )
  const listed = [...Object.keys(refusals), ...Object.keys(through), ...free]
  expect([...new Set(listed)].sort()).toEqual(functions.sort())
})
