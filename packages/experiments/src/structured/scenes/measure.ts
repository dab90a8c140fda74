import {
  evaluateScenes,
  PerObjectPredictor,
  sceneGraphPredictor,
  tinyAnswers,
  tinyScene,
  tinySizes,
  trainPredictor,
} from '@nonconvex/structured'
import type {
  PairedDifference,
  PredictorOptions,
  Scene,
  SceneGraphPredictor,
  SceneScores,
  TinyAnswers,
  TinyScene,
} from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import type { ScenesCell, ScenesParams } from './params.js'

/** Shares of right answers: all objects, the ambiguous ones, ordered pairs; null where a rule does not say. */
export type Shares = {
  readonly objects: number | null
  readonly ambiguous: number | null
  readonly relations: number | null
}
export type RulesMeasured = {
  readonly rules: { readonly [rule: string]: Shares }
  readonly jointGain: number
  /** mean probability of the joint rule's answers */
  readonly jointExpected: number
}
export type NetworkMeasured = {
  readonly shares: Shares
  readonly overSingle: PairedDifference & { readonly [name: string]: number }
  readonly overJoint: PairedDifference & { readonly [name: string]: number }
  /** recall@5, 10, 20 with one predicate a pair, classes from the network */
  readonly recall: readonly (number | null)[]
  readonly ceiling: number | null
  readonly steps: number
}
export type ScenesMeasured = RulesMeasured | NetworkMeasured

export interface ScenesRow extends Row {
  readonly measured: ScenesMeasured
  readonly witness: null
}

const { objects: n, classes: C, predicates: R } = tinySizes

/** Candidates that count. */
export const recallAt: readonly number[] = [5, 10, 20]

type Context = Pick<MeasureContext<ScenesParams>, 'params' | 'stream' | 'shared' | 'signal'> &
  Partial<Pick<MeasureContext<ScenesParams>, 'watch'>>

export function measureScenes(cell: ScenesCell, context: Context): ScenesRow {
  const { params, shared } = context
  const margins = {
    kappa: params.kappa,
    innerMargin: params.inner,
    relationMargin: params.relation,
  }
  const scenes = (name: string, count: number): TinyScene[] =>
    Array.from({ length: count }, (_, t) => tinyScene(shared.child(name, t), margins))
  const test = scenes('test', params.test)
  const answers = test.map((scene) => tinyAnswers(scene, margins))
  context.signal.throwIfAborted()
  if (cell.part === 'rules')
    return { key: cell.key, measured: ofRules(test, answers), witness: null }
  const { predict, steps } = trained(cell, context, (name, count) => scenes(name, count))
  const scores = predict(test)
  const own = answersOf(scores, test)
  const evaluation = evaluateScenes(asGraphs(scores, own.classes, test), {
    constrained: true,
    predicates: R - 1,
    at: recallAt,
  })
  return {
    key: cell.key,
    witness: null,
    measured: {
      shares: sharesOf(test, own.classes, own.predicates),
      overSingle: difference(
        test,
        own.classes,
        answers.map((answer) => answer.own),
      ),
      overJoint: difference(
        test,
        own.classes,
        answers.map((answer) => answer.joint),
      ),
      recall: evaluation.at.map(({ recall }) => recall),
      ceiling: evaluation.ceiling,
      steps,
    },
  }
}

/** Everything again: data and training are functions of their streams. */
export function checkScenes(
  row: ScenesRow,
  context: CheckContext<ScenesParams, ScenesCell>,
): ScenesMeasured {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  return measureScenes(context.cell, context).measured
}

interface Trained {
  readonly predict: (scenes: readonly TinyScene[]) => SceneScores
  readonly steps: number
}

const BATCH = 50
const RATE = 1e-3

function trained(
  { part }: ScenesCell,
  { params, stream, signal, watch }: Context,
  scenes: (name: string, count: number) => TinyScene[],
): Trained {
  const { hidden, steps } = params
  const train = scenes('train', params.train)
  const start: Stream = stream.child('start')
  const source = stream.child('batches')
  const sizes = { classes: C, predicates: R, hidden }
  const predictor = ofKind(part, sizes)
  predictor.initialise(start)
  const { checkpoint } = trainPredictor(predictor, {
    train,
    valid: scenes('valid', 200),
    source,
    batch: BATCH,
    steps,
    rate: RATE,
    loss: { objects: 1, none: 1 },
    progress: ({ step, history }) =>
      watch?.({
        step,
        loss: history[history.length - 1].train,
        valid: history[history.length - 1].valid,
      }),
    signal,
  })
  signal.throwIfAborted()
  return { predict: (some) => predictor.predict(some), steps: checkpoint.best.step }
}

function ofKind(
  part: ScenesCell['part'],
  sizes: PredictorOptions,
): SceneGraphPredictor | PerObjectPredictor {
  if (part === 'single') return new PerObjectPredictor(sizes)
  return sceneGraphPredictor(
    part === 'invariant'
      ? { ...sizes, attention: 'none', steps: 1 }
      : { ...sizes, attention: 'feature', steps: 2 },
  )
}

interface Answers {
  readonly classes: readonly Int32Array[]
  readonly predicates: readonly Int32Array[]
}

function argmax(x: Float64Array, from: number, count: number): number {
  let best = 0
  for (let f = 1; f < count; f++) if (x[from + f] > x[from + best]) best = f
  return best
}

/** The pairs off the diagonal, in order. */
const pairs = Array.from({ length: n * n }, (_, pair) => pair).filter(
  (pair) => pair % (n + 1) !== 0,
)

function answersOf({ objects, relations }: SceneScores, scenes: readonly TinyScene[]): Answers {
  return {
    classes: scenes.map((_, b) =>
      new Int32Array(n).map((__, i) => argmax(objects, (b * n + i) * C, C)),
    ),
    predicates: scenes.map((_, b) => {
      const out = new Int32Array(n * n)
      pairs.forEach((pair, p) => (out[pair] = argmax(relations, (b * pairs.length + p) * R, R)))
      return out
    }),
  }
}

function sharesOf(
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[] | undefined,
  predicates: readonly Int32Array[] | undefined,
): Shares {
  const share = (count: (scene: TinyScene, b: number) => readonly boolean[]): number => {
    const all = scenes.flatMap(count)
    return all.filter((right) => right).length / Math.max(1, all.length)
  }
  const objects = (counted: (c: number) => boolean): number | null =>
    classes
      ? share((scene, b) =>
          Array.from(scene.classes.keys())
            .filter((i) => counted(scene.classes[i]))
            .map((i) => classes[b][i] === scene.classes[i]),
        )
      : null
  return {
    objects: objects(() => true),
    ambiguous: objects((c) => c < 4),
    relations: predicates
      ? share((scene, b) => pairs.map((pair) => predicates[b][pair] === scene.predicates[pair]))
      : null,
  }
}

/** Share of right objects minus that of a rule, with its standard error over scenes. */
function difference(
  scenes: readonly TinyScene[],
  classes: readonly Int32Array[],
  rule: readonly Int32Array[],
): { mean: number; error: number } {
  const right = (of: readonly Int32Array[], b: number): number =>
    of[b].reduce((sum, c, i) => sum + Number(c === scenes[b].classes[i]), 0) / n
  const each = scenes.map((_, b) => right(classes, b) - right(rule, b))
  const middle = mean(each)
  const spread = each.reduce((sum, x) => sum + (x - middle) ** 2, 0)
  return { mean: middle, error: Math.sqrt(spread / (each.length - 1) / each.length) }
}

type Rule = Exclude<keyof TinyAnswers, 'jointProbability'>

function ofRules(scenes: readonly TinyScene[], answers: readonly TinyAnswers[]): RulesMeasured {
  const of = (rule: Rule): readonly Int32Array[] => answers.map((answer) => answer[rule])
  const objects = (rule: Rule, predicates?: Rule): Shares =>
    sharesOf(scenes, of(rule), predicates && of(predicates))
  return {
    rules: {
      own: objects('own', 'ownPredicates'),
      type: objects('withType'),
      relations: objects('withRelations'),
      joint: objects('joint'),
      known: sharesOf(scenes, undefined, of('knownClasses')),
    },
    jointGain: difference(scenes, of('joint'), of('own')).mean,
    jointExpected: mean(answers.flatMap(({ jointProbability }) => Array.from(jointProbability))),
  }
}

/** As graphs to be ranked: five boxes side by side, probabilities as scores. */
function asGraphs(
  { objects, relations }: SceneScores,
  classes: readonly Int32Array[],
  scenes: readonly TinyScene[],
): Scene[] {
  const boxes = Array.from({ length: n }, (_, i) => [10 * i, 0, 10 * i + 9, 9] as const)
  return scenes.map((scene, b) => {
    const predicates = new Float64Array(n * n * R)
    pairs.forEach((pair, p) => {
      const from = (b * pairs.length + p) * R
      predicates.set(relations.subarray(from, from + R).map(Math.exp), pair * R)
    })
    const scores = Float64Array.from(classes[b], (c, i) => Math.exp(objects[(b * n + i) * C + c]))
    return {
      truth: {
        boxes,
        classes: Array.from(scene.classes),
        relations: pairs
          .filter((pair) => scene.predicates[pair] > 0)
          .map((pair) => [Math.floor(pair / n), pair % n, scene.predicates[pair]] as const),
      },
      prediction: {
        boxes,
        classes: Array.from(classes[b]),
        scores,
        predicates: { rows: n * n, cols: R, data: predicates },
      },
    }
  })
}
