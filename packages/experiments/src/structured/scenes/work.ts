import {
  belowJointBound,
  contextHelps,
  enoughTraining,
  jointAboveOnImages,
  jointAbovePerObject,
  networkAboveCounts,
  PerObjectPredictor,
  sceneGraphPredictor,
  singleBelowBound,
  tinyAnswers,
  tinyScene,
  tinySizes,
  type PredictorOptions,
  type SceneGraphPredictor,
  type TinyAnswers,
  type TinyScene,
} from '@nonconvex/structured/scenes'
import { interval95 } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf, type ColumnOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import { dataFigures, dataTables } from './annotated-figures.js'
import { measureAnnotated, measureData, sameFiles } from './annotated.js'
import {
  annotatedOf,
  comparedCases,
  frequencyFacts,
  jointCases,
  jointFigure,
  jointTable,
  type JointCase,
} from './joint.js'
import {
  answersOf,
  digitsDifference,
  recallAt,
  recallOf,
  rightObjects,
  accuraciesOf,
  type Recall,
  type Accuracies,
} from './answers.js'
import { networks, scenes, type Kind, type Params } from './experiment.js'
import { trainFrom } from '../training.js'
import { names, scenesFigure, short, type Given, type Network } from './figures.js'

type Context = MeasureContext<Params>

export type RulesMeasured = {
  readonly rules: {
    readonly [rule in 'own' | 'type' | 'relations' | 'joint' | 'known']: Accuracies
  }
  /** correct objects of each test scene, a digit each: given own scores, and given all scores */
  readonly own: string
  readonly joint: string
  /** mean posterior probability of the labels of the joint rule */
  readonly jointExpected: number
}
export type NetworkMeasured = Recall & {
  readonly accuracies: Accuracies
  /** correct objects of each test scene, a digit each */
  readonly right: string
  /** steps until its best */
  readonly steps: number
}
/** A network with the true classes as input. */
export type GivenMeasured = Recall & { readonly relations: number | null; readonly steps: number }

const { classes: C, predicates: R } = tinySizes

const networkBy = (kind: Kind) => ({
  measure: (_: object, context: Context) => network(kind, context),
})

export const work = workOf(scenes, {
  parts: {
    annotated: { measure: (cell, context) => measureAnnotated(cell, context), sources: sameFiles },
    data: { measure: (_, context) => measureData(context), sources: sameFiles },
    rules: { measure: (_, context) => rulesOf(context) },
    single: networkBy('single'),
    invariant: networkBy('invariant'),
    attention: networkBy('attention'),
    given: { measure: ({ kind }, context) => givenNetwork(kind, context) },
  },
  conclude: (rows, params, verdict) => {
    const best = rows.rules.at(0)?.measured
    const all = networks.flatMap((kind) =>
      rows[kind].map(({ measured }) => ({
        ...measured,
        kind,
        overSingle: best && digitsDifference(measured.right, best.own),
        overJoint: best && digitsDifference(measured.right, best.joint),
      })),
    )
    const given = networks.flatMap((kind) =>
      rows.given.flatMap(({ cell, measured }) =>
        cell.kind === kind ? [{ ...measured, kind }] : [],
      ),
    )
    const bayes = {
      overSingle: best?.rules.own.objects ?? 0,
      overJoint: best?.rules.joint.objects ?? 0,
    }
    const gains = (over: 'overSingle' | 'overJoint', ...kinds: readonly Kind[]) =>
      all
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap((one) => (one[over] ? [{ ...one[over], bayes: bayes[over] }] : []))
    const data = annotatedOf(rows.data.at(0)?.measured, rows.annotated)
    const drawn = drawnCases(all, params.train, params.steps)
    const images = data ? jointCases(data) : []
    const joint = [...drawn, ...images]
    return {
      verdicts: [
        verdict(contextHelps, ['rules', 'invariant', 'attention'], () => ({
          gains: gains('overSingle', 'invariant', 'attention'),
          jointGain: best ? digitsDifference(best.joint, best.own).mean : 0,
          training: { scenes: params.train, steps: params.steps },
        })),
        verdict(belowJointBound, ['rules', ...networks], () => gains('overJoint', ...networks)),
        verdict(singleBelowBound, ['rules', 'single'], () => gains('overSingle', 'single')),
        verdict.each(jointAbovePerObject, networks, () => drawn),
        // annotated images only with files
        ...(params.data !== undefined
          ? [
              verdict.each(jointAboveOnImages, ['data', 'annotated'], () => images, {
                outside: 'first',
              }),
              verdict(
                networkAboveCounts,
                ['data', { part: 'annotated', where: ({ model }) => model === 'network' }],
                () => frequencyFacts(data),
              ),
            ]
          : []),
      ],
      tables: [
        accuracyTable(best, all),
        recallTable(all, given),
        jointTable(joint),
        ...(data ? dataTables(data, params) : []),
      ],
      figures: [
        scenesFigure(best, all, given, params),
        jointFigure(joint),
        ...(data ? dataFigures(data) : []),
      ],
    }
  },
})

/** Joint networks against the one without context, on the synthetic scenes. */
const drawnCases = (all: readonly Network[], scenes: number, steps: number): JointCase[] =>
  (['invariant', 'attention'] as const).flatMap((kind) => {
    const each = (of: Kind) => all.filter((one) => one.kind === of).map((one) => one.each)
    return comparedCases(
      `synthetic scenes, ${short[kind]}`,
      each(kind),
      each('single'),
      enoughTraining({ scenes, steps }),
    )
  })

/** A row of the table of accuracies: a rule, the expected accuracy of one, or a network. */
interface Line {
  readonly from: string
  readonly accuracies: Partial<Accuracies>
  readonly network?: Network
}

const accuracyTable = (best: RulesMeasured | undefined, all: readonly Network[]) => {
  const rules = best
    ? [
        ...(['own', 'type', 'relations', 'joint', 'known'] as const).map((rule): Line => ({
          from: `optimal rule: ${names[rule]}`,
          accuracies: best.rules[rule],
        })),
        { from: 'expected accuracy: all scores', accuracies: { objects: best.jointExpected } },
      ]
    : []
  const trained = all.map((network): Line => ({
    from: `network: ${names[network.kind]}`,
    accuracies: network.accuracies,
    network,
  }))
  const gain = (part: 0 | 1 | 2) => (line: Line) =>
    line.network?.overSingle && interval95(line.network.overSingle)[part]
  return tableOf('accuracies', 'Test accuracies', [...rules, ...trained], {
    from: ['predictor', ({ from }) => from],
    objects: ['objects', ({ accuracies }) => accuracies.objects, 4],
    ambiguous: ['ambiguous objects', ({ accuracies }) => accuracies.ambiguous, 4],
    relations: ['ordered pairs', ({ accuracies }) => accuracies.relations, 4],
    gain: ['objects, minus the optimal rule given own scores', gain(0), 3],
    low: ['95 % from', gain(1), 3],
    high: ['to', gain(2), 3],
    overJoint: ['minus the optimal joint rule', (line) => line.network?.overJoint?.mean, 3],
  })
}

const recallTable = (all: readonly Network[], given: readonly Given[]) => {
  type Run = Given & { readonly task: string }
  const runs = [
    ...given.map((one): Run => ({ ...one, task: 'PredCls: classes given' })),
    ...all.map((one): Run => ({ ...one, task: 'SGCls: classes predicted' })),
  ]
  return tableOf(
    'recall',
    'Recall of relations with the classes of both ends, graph constraint',
    runs,
    {
      task: ['task', ({ task }) => task],
      network: ['network', ({ kind }) => names[kind]],
      ...Object.fromEntries(
        recallAt.map((k, i): [string, ColumnOf<Run>] => [
          `r${k}`,
          [`R@${k}`, ({ recall }) => recall[i], 3],
        ]),
      ),
      ceiling: ['ceiling', ({ ceiling }) => ceiling, 3],
      steps: ['best step', ({ steps }) => steps],
    },
  )
}

const marginsOf = ({ kappa, inner, relation }: Params) => ({
  kappa,
  innerMargin: inner,
  relationMargin: relation,
})

/** All cells of a run have the same scenes. */
const splits = {
  test: lastMade<readonly TinyScene[]>(),
  train: lastMade<readonly TinyScene[]>(),
  valid: lastMade<readonly TinyScene[]>(),
}

/** Draws the scenes of a split, optionally with the true classes in place of scores. */
const scenesOf =
  ({ params, shared }: Context, given: boolean) =>
  (name: keyof typeof splits, count: number): readonly TinyScene[] => {
    const margins = marginsOf(params)
    const scenes = splits[name]([shared.name, count, margins], () =>
      Array.from({ length: count }, (_, t) => tinyScene(shared.child(name, t), margins)),
    )
    return given ? scenes.map(withClasses) : scenes
  }

/** A network, trained from what it is given and tested; with the true classes where `given`. */
function tested(kind: Kind, given: boolean, context: Context) {
  const { params } = context
  const drawn = scenesOf(context, given)
  const test = drawn('test', params.test)
  const predictor = ofKind(kind, { classes: C, predicates: R, hidden: params.hidden })
  const steps = trainFrom(predictor, context, {
    train: drawn('train', params.train),
    valid: drawn('valid', 200),
    batch: 50,
    // with given classes only relations are learned, in a third of the steps
    steps: given ? Math.ceil(params.steps / 3) : params.steps,
    loss: { objects: given ? 0 : 1, none: 1 },
  })
  const scores = predictor.predict(test)
  return { test, scores, steps, ...answersOf(scores, test) }
}

function network(kind: Kind, context: Context): NetworkMeasured {
  const { test, scores, steps, classes, predicates } = tested(kind, false, context)
  return {
    ...recallOf(scores, test, classes),
    accuracies: accuraciesOf(test, classes, predicates),
    right: rightObjects(test, classes),
    steps,
  }
}

/** The same with the true classes as input. */
function givenNetwork(kind: Kind, context: Context): GivenMeasured {
  const { test, scores, steps, predicates } = tested(kind, true, context)
  const { relations } = accuraciesOf(test, undefined, predicates)
  return { ...recallOf(scores, test, 'given'), relations, steps }
}

/** Score of a given class, against 0 for the others. */
const GIVEN = 5

function withClasses(scene: TinyScene): TinyScene {
  const { rows, cols } = scene.objects
  const data = new Float64Array(rows * cols)
  scene.classes.forEach((c, i) => (data[i * cols + c] = GIVEN))
  return { ...scene, objects: { rows, cols, data } }
}

function ofKind(kind: Kind, sizes: PredictorOptions): SceneGraphPredictor | PerObjectPredictor {
  if (kind === 'single') return new PerObjectPredictor(sizes)
  return sceneGraphPredictor(
    kind === 'invariant'
      ? { ...sizes, attention: 'none', steps: 1 }
      : { ...sizes, attention: 'feature', steps: 2 },
  )
}

type Rule = Exclude<keyof TinyAnswers, 'jointProbability'>

/** The optimal rules on the test scenes. */
function rulesOf(context: Context): RulesMeasured {
  const all = scenesOf(context, false)('test', context.params.test)
  const answers = all.map((scene) => tinyAnswers(scene, marginsOf(context.params)))
  const of = (rule: Rule): readonly Int32Array[] => answers.map((answer) => answer[rule])
  const objects = (rule: Rule, predicates?: Rule): Accuracies =>
    accuraciesOf(all, of(rule), predicates && of(predicates))
  return {
    rules: {
      own: objects('own', 'ownPredicates'),
      type: objects('withType'),
      relations: objects('withRelations'),
      joint: objects('joint'),
      known: accuraciesOf(all, undefined, of('knownClasses')),
    },
    own: rightObjects(all, of('own')),
    joint: rightObjects(all, of('joint')),
    jointExpected: mean(answers.flatMap(({ jointProbability }) => Array.from(jointProbability))),
  }
}
