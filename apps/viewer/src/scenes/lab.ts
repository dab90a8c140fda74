import { permuteGraph, type Graph } from '@nonconvex/structured'
import { checkGPI } from '@nonconvex/structured/invariance'
import {
  attentionMap,
  PerObjectPredictor,
  sceneGraphPredictor,
  trainingSteps,
  type LabeledScene,
  type SceneGraphPredictor,
  type TrainablePredictor,
} from '@nonconvex/structured/scenes'
import { labeledDemo } from '@nonconvex/structured/demo'
import { rankTriplets } from '@nonconvex/structured/recall'
import {
  C,
  graphOfScene,
  labeledScenes,
  modelStream,
  partOfScene,
  R,
  sharedStream,
  testScene,
} from './demo.js'
import { classesOf, labelingOf, namesOf, shuffled, type Labeling } from './labeling.js'
import {
  checkReportOf,
  models,
  type Prediction,
  type Predictions,
  type CheckReport,
  type Model,
  type Progress,
  type Query,
  type Settings,
  type Trained,
} from './messages.js'
import { orderedNet, type OrderedNet } from './ordered-net.js'

/** Settings of the experiment that trains the same networks. */
const VALID = 100
const learning = { batch: 20, rate: 1e-3, every: 100, patience: 6, loss: { objects: 1, none: 1 } }

/** The three models, and the test scenes they label. */
export interface Lab {
  /** yields its progress */
  readonly training: () => Generator<Progress, Trained>
  readonly restore: (weights: Trained['weights']) => void
  /** accuracies on the test scenes */
  readonly tested: () => Omit<Trained, 'weights'>
  readonly ask: (query: Query) => Predictions
  readonly check: (model: Model) => CheckReport
}

/** The models with their initial weights. */
export function createLab(settings: Settings): Lab {
  const { seed, hidden } = settings
  const sizes = { classes: C, predicates: R, hidden }
  const alone = new PerObjectPredictor(sizes)
  const joint = sceneGraphPredictor({ ...sizes, steps: 1, attention: 'feature' })
  alone.initialize(modelStream(seed, 'alone').child('start'))
  joint.initialize(modelStream(seed, 'joint').child('start'))
  const ordered = orderedNet(hidden, modelStream(seed, 'ordered').child('start'))
  const labeling: { readonly [model in Model]: Labeling } = {
    alone: labelingOf(alone),
    joint: labelingOf(joint),
    ordered: ordered.labeling,
  }
  const tested = () => {
    const test = labeledScenes(sharedStream(seed).child('test'), settings.test, settings)
    const rights = models.map((model) => [model, accuracyOf(labeling[model], test)] as const)
    return {
      right: Object.fromEntries(rights) as Trained['right'],
      objects: test.reduce((sum, { classes }) => sum + classes.length, 0),
    }
  }
  return {
    training: function* () {
      const train = labeledScenes(sharedStream(seed).child('train'), settings.train, settings)
      const valid = labeledScenes(sharedStream(seed).child('valid'), VALID, settings)
      yield* trainingOf(alone, 'alone', { train, valid, settings })
      yield* trainingOf(joint, 'joint', { train, valid, settings })
      yield* orderedTraining(ordered, { train, valid, settings })
      return {
        ...tested(),
        weights: {
          alone: alone.state().parameters,
          joint: joint.state().parameters,
          ordered: ordered.weights(),
        },
      }
    },
    tested,
    restore: (weights) => {
      alone.setParameters(weights.alone)
      joint.setParameters(weights.joint)
      ordered.restore(weights.ordered)
    },
    ask: ({ seed: ofScene, scene: t, edits, order }) => {
      const scene = testScene({ ...settings, seed: ofScene }, t, edits)
      const graph = graphOfScene(labeledDemo(scene))
      const count = scene.relations.length
      return {
        alone: prediction(labeling.alone, graph, order, count),
        joint: {
          ...prediction(labeling.joint, graph, order, count),
          attention: attentionRows(joint, permuteGraph(graph, order)),
        },
        ordered: prediction(labeling.ordered, graph, order, count),
      }
    },
    check: (model) =>
      checkReportOf(
        model === 'ordered'
          ? // the labels themselves, without tolerance
            checkGPI(namesOf(labeling.ordered), { ...checking(settings), mode: 'exact' })
          : checkGPI(labeling[model], { ...checking(settings), tol: TOLERANCE }),
      ),
  }
}

/** What checkGPI asks for functions in single precision. */
const TOLERANCE = 1e-4

/** Inputs are objects of fresh scenes, as many as the checker wants. */
const checking = (settings: Settings) => ({
  sampler: (source: Parameters<typeof partOfScene>[0], n: number): Graph =>
    partOfScene(source, n, settings),
  seed: settings.seed,
})

interface Data {
  readonly train: readonly LabeledScene[]
  readonly valid: readonly LabeledScene[]
  readonly settings: Settings
}

/** As the experiment trains it. */
function* trainingOf(
  predictor: TrainablePredictor,
  model: 'alone' | 'joint',
  { train, valid, settings: { seed, steps } }: Data,
): Generator<Progress> {
  let right: number | undefined
  const all = trainingSteps(predictor, {
    train,
    valid,
    steps,
    ...learning,
    source: modelStream(seed, model).child('batches'),
    progress: () => (right = accuracyOf(labelingOf(predictor), valid)),
  })
  for (const step of all) yield { model, step, steps, ...(right !== undefined && { right }) }
}

function* orderedTraining(
  { training, labeling }: OrderedNet,
  { train, valid, settings: { seed, steps } }: Data,
): Generator<Progress> {
  let right: number | undefined
  const source = modelStream(seed, 'ordered').child('batches')
  for (const step of training(train, steps, source)) {
    if (step % learning.every === 0) right = accuracyOf(labeling, valid)
    yield { model: 'ordered', step, steps, ...(right !== undefined && { right }) }
  }
}

/** Share of the objects of some scenes that get their class. */
function accuracyOf(F: Labeling, scenes: readonly LabeledScene[]): number {
  const each = scenes.flatMap((scene) =>
    classesOf(F(graphOfScene(scene))).map((c, i) => c === scene.classes[i]),
  )
  return each.filter(Boolean).length / Math.max(1, each.length)
}

function prediction(
  F: Labeling,
  graph: Graph,
  order: readonly number[],
  count: number,
): Prediction {
  const { scores, difference, was } = shuffled(F, graph, order)
  const classes = classesOf(scores)
  const { nodes, edges } = scores
  const probabilities = classes.map((c, i) =>
    probability(nodes.data.subarray(i * C, (i + 1) * C), c),
  )
  if (!edges) return { classes, probabilities, difference, was }
  const predicates = { ...edges, data: edges.data.map(Math.exp) }
  const best = rankTriplets(
    { boxes: [], classes, scores: Float64Array.from(probabilities), predicates },
    true,
    count,
  )
  return {
    classes,
    probabilities,
    difference,
    was,
    relations: best.map(({ s, o, p }) => [s, o, p] as const),
  }
}

/** Softmax of a row of scores, at one place. */
function probability(scores: Float64Array, c: number): number {
  const top = Math.max(...scores)
  return Math.exp(scores[c] - top) / scores.reduce((sum, x) => sum + Math.exp(x - top), 0)
}

function attentionRows(predictor: SceneGraphPredictor, { nodes, edges }: Graph): number[][] {
  const { rows, cols, data } = attentionMap(predictor, { objects: nodes, relations: edges })
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)))
}
