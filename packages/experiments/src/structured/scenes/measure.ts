import {
  PerObjectPredictor,
  sceneGraphPredictor,
  tinyAnswers,
  tinyScene,
  tinySizes,
  trainPredictor,
  type PredictorOptions,
  type SceneGraphPredictor,
  type SceneScores,
  type TinyAnswers,
  type TinyScene,
} from '@nonconvex/structured'
import type { Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { answersOf, recallOf, rightObjects, sharesOf, type Recall, type Shares } from './answers.js'
import type { DataMeasured } from './measure-data.js'
import type { ScenesCell, ScenesParams } from './params.js'

export type RulesMeasured = {
  readonly rules: { readonly [rule: string]: Shares }
  /** right objects of each test scene, a digit each: by own scores, and by everything */
  readonly own: string
  readonly joint: string
  /** mean probability of the joint rule's answers */
  readonly jointExpected: number
}
export type NetworkMeasured = Recall & {
  readonly shares: Shares
  /** right objects of each test scene, a digit each */
  readonly right: string
  /** steps until its best */
  readonly steps: number
}
/** A network that is given the true classes. */
export type GivenMeasured = Recall & { readonly relations: number | null; readonly steps: number }
export type ScenesMeasured = RulesMeasured | NetworkMeasured | GivenMeasured | DataMeasured

export interface ScenesRow extends Row {
  readonly measured: ScenesMeasured
  readonly witness: null
}

const { classes: C, predicates: R } = tinySizes

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
    Array.from({ length: count }, (_, t) => {
      const scene = tinyScene(shared.child(name, t), margins)
      return cell.given ? withClasses(scene) : scene
    })
  const test = scenes('test', params.test)
  return { key: cell.key, measured: measured(), witness: null }

  function measured(): ScenesMeasured {
    if (cell.part === 'rules')
      return ofRules(
        test,
        test.map((scene) => tinyAnswers(scene, margins)),
      )
    const { predict, steps } = trained(cell, context, scenes)
    const scores = predict(test)
    const { classes, predicates } = answersOf(scores, test)
    if (cell.given)
      return {
        ...recallOf(scores, test, 'given'),
        relations: sharesOf(test, undefined, predicates).relations,
        steps,
      }
    return {
      ...recallOf(scores, test, classes),
      shares: sharesOf(test, classes, predicates),
      right: rightObjects(test, classes),
      steps,
    }
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

/** Score of a class that is given, against 0 for the others. */
const GIVEN = 5

function withClasses(scene: TinyScene): TinyScene {
  const { rows, cols } = scene.objects
  const data = new Float64Array(rows * cols)
  scene.classes.forEach((c, i) => (data[i * cols + c] = GIVEN))
  return { ...scene, objects: { rows, cols, data } }
}

interface Trained {
  readonly predict: (scenes: readonly TinyScene[]) => SceneScores
  readonly steps: number
}

const BATCH = 50
const RATE = 1e-3

/**
 * A network after training; where classes are given, relations alone are learned, in a third of the
 * steps.
 */
function trained(
  { part, given }: ScenesCell,
  { params, stream, signal, watch }: Context,
  scenes: (name: string, count: number) => TinyScene[],
): Trained {
  const { hidden, steps } = params
  const start: Stream = stream.child('start')
  const predictor = ofKind(part, { classes: C, predicates: R, hidden })
  predictor.initialise(start)
  const { checkpoint } = trainPredictor(predictor, {
    train: scenes('train', params.train),
    valid: scenes('valid', 200),
    source: stream.child('batches'),
    batch: BATCH,
    steps: given ? Math.ceil(steps / 3) : steps,
    rate: RATE,
    loss: { objects: given ? 0 : 1, none: 1 },
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
    own: rightObjects(scenes, of('own')),
    joint: rightObjects(scenes, of('joint')),
    jointExpected: mean(answers.flatMap(({ jointProbability }) => Array.from(jointProbability))),
  }
}
