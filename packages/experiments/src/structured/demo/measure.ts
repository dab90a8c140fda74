import {
  PerObjectPredictor,
  SceneGraphPredictor,
  sceneGraphPredictor,
  trainPredictor,
  type PredictorOptions,
  type SceneInput,
  type SceneScores,
} from '@nonconvex/structured'
import { mean } from '../../averages.js'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { attentionShares, sayings } from './attention.js'
import { exampleOf, type Example } from './example.js'
import { pairedDifference } from '@nonconvex/optim/statistics'
import type { DemoCell, DemoParams } from './params.js'
import { singleRule } from './rule.js'
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

/** How often a way to predict is right, scene by scene of the same test scenes. */
export type DemoMeasured = {
  /**
   * confusable objects with the right class: as they are, among objects of other scenes, without
   * scores of pairs
   */
  readonly right: readonly number[]
  readonly rightExchanged: readonly number[]
  readonly rightWithoutRelations: readonly number[]
  /** relations among the best 20: SGCls, PredCls, SGCls without scores of pairs */
  readonly hits: readonly number[]
  readonly hitsKnown: readonly number[]
  readonly hitsWithoutRelations: readonly number[]
  /**
   * of the most telling neighbour beyond an even share, with its standard error, and the even
   * share; null without attention
   */
  readonly attention: {
    readonly mean: number
    readonly error: number
    readonly even: number
  } | null
  readonly steps: number
  /** of the scenes: confusable objects and relations */
  readonly confusable: readonly number[]
  readonly relations: readonly number[]
  /** a scene as the network sees it; null without attention */
  readonly example: Example | null
}

export interface DemoRow extends Row {
  readonly measured: DemoMeasured
  readonly witness: null
}

type Context = Pick<MeasureContext<DemoParams>, 'params' | 'stream' | 'shared' | 'signal'> &
  Partial<Pick<MeasureContext<DemoParams>, 'watch'>>

export function measureDemo(cell: DemoCell, context: Context): DemoRow {
  const { params, shared, signal } = context
  const test = namedScenes(shared.child('test'), params.test, params)
  const train = namedScenes(shared.child('train'), params.train, params)
  signal.throwIfAborted()
  const { predict, steps, predictor } = trained(cell, context, train)
  const plain = answersOf(predict(test))
  const mixed = exchanged(test, shared.child('exchange'))
  const moved = answersOf(predict(mixed.scenes)).classes
  const blind = answersOf(predict(test.map(withoutRelations)))
  const known = answersOf(predict(test.map(withClasses)))
  const shares = predictor && attentionShares(predictor, test, sayings(train))
  return {
    key: cell.key,
    witness: null,
    measured: {
      right: rightOf(plain.classes, test),
      rightExchanged: rightOf(
        mixed.placeOf.map((place) => moved[place]),
        test,
      ),
      rightWithoutRelations: rightOf(blind.classes, test),
      hits: hitsOf(plain, test, false),
      hitsKnown: hitsOf(known, test, true),
      hitsWithoutRelations: hitsOf(blind, test, false),
      attention: shares
        ? {
            ...pairedDifference(
              shares.over,
              shares.over.map(() => 0),
            ),
            even: mean(shares.even),
          }
        : null,
      steps,
      confusable: test.map(({ classes }) => Array.from(classes).filter(confusable).length),
      relations: test.map(({ scene }) => scene.relations.length),
      example: predictor ? exampleOf(predictor, test, plain) : null,
    },
  }
}

/** Everything again: data and training are functions of their streams. */
export function checkDemo(row: DemoRow, context: CheckContext<DemoParams, DemoCell>): DemoMeasured {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  return measureDemo(context.cell, context).measured
}

interface Trained {
  readonly predict: (scenes: readonly SceneInput[]) => SceneScores
  readonly steps: number
  /** of a network with attention */
  readonly predictor?: SceneGraphPredictor
}

const BATCH = 20
const RATE = 1e-3
const EVERY = 100

function trained(
  { part }: DemoCell,
  { params, stream, shared, signal, watch }: Context,
  train: readonly NamedScene[],
): Trained {
  if (part === 'rule') return { predict: singleRule(train), steps: 0 }
  const { hidden, steps } = params
  const source = stream.child('batches')
  const predictor = networkOf(part, { classes: C, predicates: R, hidden })
  predictor.initialise(stream.child('start'))
  const { checkpoint } = trainPredictor(predictor, {
    train,
    source,
    steps,
    signal,
    valid: namedScenes(shared.child('valid'), 100, params),
    batch: BATCH,
    rate: RATE,
    every: EVERY,
    patience: 6,
    loss: { objects: 1, none: 1 },
    progress: ({ step, history }) =>
      watch?.({
        step,
        loss: history[history.length - 1].train,
        valid: history[history.length - 1].valid,
      }),
  })
  signal.throwIfAborted()
  return {
    predict: (some) => predictor.predict(some),
    steps: checkpoint.best.step,
    ...(predictor instanceof SceneGraphPredictor && part === 'attention' && { predictor }),
  }
}

function networkOf(
  part: DemoCell['part'],
  sizes: PredictorOptions,
): SceneGraphPredictor | PerObjectPredictor {
  if (part === 'single') return new PerObjectPredictor(sizes)
  return sceneGraphPredictor({
    ...sizes,
    steps: 1,
    attention: part === 'attention' ? 'feature' : 'none',
  })
}
