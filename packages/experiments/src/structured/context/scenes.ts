import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { graphCrf, nodeClassifier, type LabeledSequence } from '@nonconvex/structured/learning'
import { beliefPropagation, bruteForce, meanField } from '@nonconvex/structured/pairwise'
import { tinyAnswers, tinyScene, tinySizes, type TinyScene } from '@nonconvex/structured/scenes'
import type { Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import { changeOf, type Change } from './changes.js'
import { sceneRules, type context, type SceneRule } from './experiment.js'
import { trainedNetwork } from './networks.js'

type Each<T> = { readonly [R in SceneRule]: T }

/** Accuracies of all rules on the same scenes; of max-product, mean field and enumeration, on the first ones. */
export type ScenesMeasured = {
  readonly objects: Each<number>
  readonly scenes: Each<number>
  /** test scenes */
  readonly tested: Each<number>
  /** tested scenes at which the iteration reached its limit of 30 rounds */
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
  const few = models.slice(0, exact)
  const max = few.map((model) => beliefPropagation(model, { ...how, mode: 'max' }))
  const field = few.map((model) =>
    meanField(model, { starts: ['uniform', 'unary'], maxIterations: ROUNDS }),
  )
  const all = few.map((model) => bruteForce(model))
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
    marginals: all.map(({ node }) => tops(node)),
    map: all.map(({ map }) => map),
    joint: bayes.map(({ joint }) => joint),
  }
  const of = <T>(f: (rule: SceneRule) => T): Each<T> =>
    Object.fromEntries(
      (Object.keys(sceneRules) as SceneRule[]).map((rule) => [rule, f(rule)]),
    ) as Each<T>
  const right = of((rule) =>
    predicted[rule].map(
      (y, i) => y.filter((a, k) => a === held[i].classes[k]).length / tinySizes.objects,
    ),
  )
  const over = (rule: SceneRule, other: SceneRule): MeanWithError =>
    meanWithError(right[rule].map((x, i) => x - right[other][i]))
  const limited = (list: readonly { readonly status: string }[]): number =>
    list.filter(({ status }) => status !== 'converged').length
  return {
    objects: of((rule) => mean(right[rule])),
    scenes: of((rule) => mean(right[rule].map((x) => Number(x === 1)))),
    tested: of((rule) => right[rule].length),
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
