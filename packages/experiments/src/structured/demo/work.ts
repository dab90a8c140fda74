import {
  PerObjectPredictor,
  SceneGraphPredictor,
  sceneGraphPredictor,
  type PredictorOptions,
  type SceneInput,
  type SceneScores,
} from '@nonconvex/structured/scenes'
import {
  demoAmbiguousObjects,
  demoAttentionLooks,
  demoGainIsContext,
  demoRecall,
} from '@nonconvex/structured/demo'
import { meanWithError, pairedRatioDifference } from '@nonconvex/optim/statistics'
import { mean } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import { attentionGains, informativeness } from './attention.js'
import { exampleOf } from './example.js'
import { demo, names, parts, type Params, type Part } from './experiment.js'
import { gainsFigure } from './figures.js'
import { recallGain, recallOf, accuracyOf, type DemoMeasured, type Way } from './measured.js'
import { singleRule } from './rule.js'
import { sceneFigure } from './scene-figure.js'
import {
  C,
  confusable,
  exchanged,
  namedScenes,
  R,
  withClasses,
  withoutRelations,
  type NamedScene,
} from './scenes.js'
import { answersOf, hitsOf, rightOf } from './score.js'
import { trainFrom } from '../training.js'

type Context = MeasureContext<Params>

const measureBy = (part: Part) => ({
  measure: (_: object, context: Context) => measure(part, context),
})

export const work = workOf(demo, {
  parts: {
    rule: measureBy('rule'),
    single: measureBy('single'),
    sum: measureBy('sum'),
    attention: measureBy('attention'),
  },
  conclude: (rows, params, verdict) => {
    const ways = parts.flatMap((part) => rows[part].map(({ measured }) => ({ part, ...measured })))
    const of = (...some: readonly Part[]) => ways.filter(({ part }) => some.includes(part))
    const training = { scenes: params.train, steps: params.steps }
    const alone = of('rule', 'single')
    const pairs = of('attention').flatMap((a) => alone.map((b) => [a, b] as const))
    const most = (value: (way: Way) => number): number => Math.max(...alone.map(value))
    const objectGains = pairs.map(([a, b]) => pairedRatioDifference(a.right, b.right, a.confusable))
    const compared = ['rule', 'single', 'attention'] as const
    const example = ways.find((way) => way.example !== null)?.example
    return {
      verdicts: [
        verdict(demoRecall, compared, () => ({
          gains: pairs.map(([a, b]) => recallGain(a, b)),
          // each pair of objects has at most one predicate: the ceiling is 1
          missing: 1 - most((way) => recallOf(way, 'hits').mean),
          training,
        })),
        verdict(demoAmbiguousObjects, compared, () => ({
          gains: objectGains,
          wrong: 1 - most((way) => accuracyOf(way, 'right').mean),
          training,
        })),
        verdict(demoGainIsContext, compared, () => ({
          // predictions for single objects do not depend on the other objects
          left: pairs.map(([a, b]) =>
            pairedRatioDifference(a.rightExchanged, b.right, a.confusable),
          ),
          gain: Math.min(...objectGains.map(({ mean: gain }) => gain)),
        })),
        verdict(demoAttentionLooks, ['attention'], () => ({
          over: ways.flatMap(({ attention }) => attention ?? []),
          training,
        })),
      ],
      tables: [resultTable(ways), ablationTable(ways), attentionTable(ways)],
      figures: [gainsFigure(ways, params), ...(example ? [sceneFigure(example)] : [])],
    }
  },
})

const resultTable = (ways: readonly Way[]) =>
  tableOf('results', 'Recall and accuracy on test scenes; the ceiling of recall is 1', ways, {
    way: ['predictor', ({ part }) => names[part]],
    sgcls: ['SGCls R@20', (way) => recallOf(way, 'hits').mean, 4],
    sgclsError: ['standard error', (way) => recallOf(way, 'hits').error, 2],
    predcls: ['PredCls R@20', (way) => recallOf(way, 'hitsKnown').mean, 4],
    predclsError: ['standard error', (way) => recallOf(way, 'hitsKnown').error, 2],
    confusable: ['accuracy, confusable objects', (way) => accuracyOf(way, 'right').mean, 4],
    confusableError: ['standard error', (way) => accuracyOf(way, 'right').error, 2],
    steps: ['best step', ({ steps }) => steps],
  })

/** Ablations at test time. */
const ablationTable = (ways: readonly Way[]) =>
  tableOf('without', 'Ablations at test time', ways, {
    way: ['predictor', ({ part }) => names[part]],
    exchanged: [
      'accuracy, confusable objects in exchanged scenes',
      (way) => accuracyOf(way, 'rightExchanged').mean,
      4,
    ],
    blind: [
      'accuracy, confusable objects, no pair scores',
      (way) => accuracyOf(way, 'rightWithoutRelations').mean,
      4,
    ],
    blindRecall: [
      'SGCls R@20, no pair scores',
      (way) => recallOf(way, 'hitsWithoutRelations').mean,
      4,
    ],
  })

const attentionTable = (ways: readonly Way[]) =>
  tableOf(
    'attention',
    'Attention weights of confusable objects on their most informative neighbor, mean over features',
    ways.flatMap(({ part, attention }) => (attention ? [{ part, ...attention }] : [])),
    {
      network: ['network', ({ part }) => names[part]],
      weight: ['attention weight', ({ mean: over, even }) => over + even, 4],
      even: ['uniform weight', ({ even }) => even, 4],
      error: ['standard error of the difference', ({ error }) => error, 2],
    },
  )

type Split = 'test' | 'train' | 'valid'

/** All cells of a run have the same scenes. */
const splits = {
  test: lastMade<readonly NamedScene[]>(),
  train: lastMade<readonly NamedScene[]>(),
  valid: lastMade<readonly NamedScene[]>(),
}

function measure(part: Part, context: Context): DemoMeasured {
  const { params, shared, signal } = context
  const drawn = (name: Split, count: number): readonly NamedScene[] =>
    splits[name]([shared.name, count, params.inner, params.relation], () =>
      namedScenes(shared.child(name), count, params),
    )
  const test = drawn('test', params.test)
  const train = drawn('train', params.train)
  signal.throwIfAborted()
  const { predict, steps, predictor } = trained(part, context, train, () => drawn('valid', 100))
  const plain = answersOf(predict(test))
  const mixed = exchanged(test, shared.child('exchange'))
  const moved = answersOf(predict(mixed.scenes)).classes
  const blind = answersOf(predict(test.map(withoutRelations)))
  const known = answersOf(predict(test.map(withClasses)))
  const gains = predictor && attentionGains(predictor, test, informativeness(train))
  return {
    right: rightOf(plain.classes, test),
    rightExchanged: rightOf(
      mixed.placeOf.map((place) => moved[place]),
      test,
    ),
    rightWithoutRelations: rightOf(blind.classes, test),
    hits: hitsOf(plain, test, false),
    hitsKnown: hitsOf(known, test, true),
    hitsWithoutRelations: hitsOf(blind, test, false),
    attention: gains ? { ...meanWithError(gains.over), even: mean(gains.even) } : null,
    steps,
    confusable: test.map(({ classes }) => Array.from(classes).filter(confusable).length),
    relations: test.map(({ scene }) => scene.relations.length),
    example: predictor ? exampleOf(predictor, test, plain) : null,
  }
}

interface Trained {
  readonly predict: (scenes: readonly SceneInput[]) => SceneScores
  readonly steps: number
  /** of a network with attention */
  readonly predictor?: SceneGraphPredictor
}

function trained(
  part: Part,
  context: Context,
  train: readonly NamedScene[],
  valid: () => readonly NamedScene[],
): Trained {
  if (part === 'rule') return { predict: singleRule(train), steps: 0 }
  const { params } = context
  const predictor = networkOf(part, { classes: C, predicates: R, hidden: params.hidden })
  const steps = trainFrom(predictor, context, {
    train,
    valid: valid(),
    batch: 20,
    steps: params.steps,
    every: 100,
    patience: 6,
    loss: { objects: 1, none: 1 },
  })
  return {
    predict: (some) => predictor.predict(some),
    steps,
    ...(predictor instanceof SceneGraphPredictor && part === 'attention' && { predictor }),
  }
}

function networkOf(part: Part, sizes: PredictorOptions): SceneGraphPredictor | PerObjectPredictor {
  if (part === 'single') return new PerObjectPredictor(sizes)
  const attention = part === 'attention' ? 'feature' : 'none'
  return sceneGraphPredictor({ ...sizes, steps: 1, attention })
}
