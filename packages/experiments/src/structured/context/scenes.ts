import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { graphCrf, nodeClassifier, type LabeledSequence } from '@nonconvex/structured/learning'
import { beliefPropagation, bruteForce, meanField } from '@nonconvex/structured/pairwise'
import { tinyAnswers, tinyScene, tinySizes, type TinyScene } from '@nonconvex/structured/scenes'
import type { Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import { changeOf, type Change } from './changes.js'
import { sceneRules, type context, type Decoding, type SceneRule } from './experiment.js'
import { trainedNetwork } from './networks.js'

type Each<T> = { readonly [R in SceneRule]: T }

/** Fractions of correct objects, and of scenes without an error. */
export type Accuracy = { readonly objects: number; readonly scenes: number }

/** Accuracies of all rules on the same scenes, and of ways to decode the CRF on the first ones. */
export type ScenesMeasured = {
  readonly accuracy: Each<Accuracy>
  readonly decoded: { readonly [D in Decoding]: Accuracy }
  /** test scenes, and those of them of which all labelings are enumerated */
  readonly tested: { readonly all: number; readonly first: number }
  /** test scenes at which the iteration reached its limit of 30 rounds */
  readonly limited: { readonly [R in 'sum' | 'max' | 'meanField']: number }
  /** accuracy of a rule minus that of the Bayes rule of an object, and of the scene */
  readonly overOwn: Each<MeanWithError>
  readonly overJoint: Each<MeanWithError>
  /** DeepSets minus softmax regression; CRF, sum-product, minus DeepSets */
  readonly steps: { readonly sets: MeanWithError; readonly crf: MeanWithError }
  /** from softmax regression to the CRF */
  readonly changed: Change
  readonly iterations: number
  /** F − F* of the pseudo-likelihood is at most this */
  readonly certificate: number
}

const ROUNDS = 30
const SETTLED = 1e-3

/** Trains all rules on synthetic scenes, and compares them with the Bayes rules. */
export function scenesOf(
  { scenes, testScenes, exact, steps, hidden }: ParamsOf<typeof context>,
  stream: Stream,
): ScenesMeasured {
  const draw = (name: string, n: number): TinyScene[] =>
    Array.from({ length: n }, (_, i) => tinyScene(stream.child(name, i)))
  const [train, held] = [draw('train', scenes), draw('test', testScenes)]
  const graphOf = ({ objects, relations }: TinyScene) => ({ nodes: objects, edges: relations })
  const listed = ({ objects, classes }: TinyScene): LabeledSequence => ({ x: objects, y: classes })
  const { classes: states, predicates: edgeFeatures } = tinySizes
  const crf = graphCrf({ states, nodeFeatures: states, edgeFeatures }).fit(
    train.map((scene) => ({ graph: graphOf(scene), y: scene.classes })),
    { objective: 'pseudo', lambda: 5 / scenes, tol: 1e-4 },
  )
  const softmax = nodeClassifier({ states, features: states }).fit(train.map(listed))
  const sets = trainedNetwork('sets', train.map(listed), {
    hidden,
    steps,
    stream: stream.child('sets'),
  })
  const models = held.map((scene) => crf.model(graphOf(scene)))
  const how = { damping: 0.3, maxIterations: ROUNDS, tol: SETTLED }
  const sum = models.map((model) => beliefPropagation(model, how))
  const max = models.map((model) => beliefPropagation(model, { ...how, mode: 'max' }))
  const field = models.map((model) =>
    meanField(model, { starts: ['uniform', 'unary'], maxIterations: ROUNDS }),
  )
  const all = models.slice(0, exact).map((model) => bruteForce(model))
  const bayes = held.map((scene) => tinyAnswers(scene))
  const tops = (node: readonly Float64Array[]): Int32Array =>
    Int32Array.from(node, (p) => p.indexOf(Math.max(...p)))
  const predicted: Each<readonly Int32Array[]> = {
    own: bayes.map(({ own }) => own),
    softmax: held.map(({ objects }) => softmax.predict(objects)),
    sets: sets(held.map(listed)),
    sum: sum.map(({ node }) => tops(node)),
    max: max.map(({ decoded }) => decoded),
    meanField: field.map(({ q }) => tops(q)),
    joint: bayes.map(({ joint }) => joint),
  }
  const of = <T>(f: (rule: SceneRule) => T): Each<T> =>
    Object.fromEntries(
      (Object.keys(sceneRules) as SceneRule[]).map((rule) => [rule, f(rule)]),
    ) as Each<T>
  const rights = (list: readonly Int32Array[]): number[] =>
    list.map((y, i) => y.filter((a, k) => a === held[i].classes[k]).length / tinySizes.objects)
  const accuracyOf = (list: readonly Int32Array[]): Accuracy => {
    const right = rights(list)
    return { objects: mean(right), scenes: mean(right.map((x) => Number(x === 1))) }
  }
  const right = of((rule) => rights(predicted[rule]))
  const over = (rule: SceneRule, other: SceneRule): MeanWithError =>
    meanWithError(right[rule].map((x, i) => x - right[other][i]))
  const limited = (list: readonly { readonly status: string }[]): number =>
    list.filter(({ status }) => status !== 'converged').length
  return {
    accuracy: of((rule) => accuracyOf(predicted[rule])),
    decoded: {
      sum: accuracyOf(predicted.sum.slice(0, exact)),
      max: accuracyOf(predicted.max.slice(0, exact)),
      meanField: accuracyOf(predicted.meanField.slice(0, exact)),
      marginals: accuracyOf(all.map(({ node }) => tops(node))),
      map: accuracyOf(all.map(({ map }) => map)),
      joint: accuracyOf(predicted.joint.slice(0, exact)),
    },
    tested: { all: held.length, first: all.length },
    limited: { sum: limited(sum), max: limited(max), meanField: limited(field) },
    overOwn: of((rule) => over(rule, 'own')),
    overJoint: of((rule) => over(rule, 'joint')),
    steps: { sets: over('sets', 'softmax'), crf: over('sum', 'sets') },
    changed: changeOf(
      held.map(({ classes }) => classes),
      predicted.softmax,
      predicted.sum,
    ),
    iterations: crf.iterations,
    certificate: Number(crf.certificate),
  }
}
