import {
  cappedLabelsAreBest,
  capsAreKept,
  projectionGradients,
  projectionsFeasible,
  projectionsNearest,
  transportProjectionsAgree,
  trueCapsHelp,
  type CapsFacts,
} from '@nonconvex/structured/cardinality'
import { sceneGraphPredictor } from '@nonconvex/structured/scenes'
import { ascending, mean } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { dots, line, panelOf, xy } from '../../figure/layers.js'
import { lastMade } from '../../last-made.js'
import { C, namedScenes, R, type NamedScene } from '../demo/scenes.js'
import { trainFrom } from '../training.js'
import { exampleFigure, exampleOf, type Example } from './example.js'
import { constrainedScenes, predictorNames, type Params, type Predictor } from './experiment.js'
import { logProbabilities, measureCap, type CapMeasured, type Labeled } from './measure.js'

type Context = MeasureContext<Params>

/** One predictor on the test scenes, with the cap at each distance from the true number. */
export type ConstrainedMeasured = {
  readonly caps: readonly CapMeasured[]
  readonly example: Example | null
}

/** All cells of a run have the same scenes. */
const splits = {
  test: lastMade<readonly NamedScene[]>(),
  train: lastMade<readonly NamedScene[]>(),
  valid: lastMade<readonly NamedScene[]>(),
}

const drawn = (
  { params, shared }: Context,
  name: keyof typeof splits,
  count: number,
): readonly NamedScene[] =>
  splits[name]([shared.name, count, params.inner, params.relation], () =>
    namedScenes(shared.child(name), count, params),
  )

/** Log-probabilities of the classes of each test scene. */
function predicted(from: Predictor, context: Context): Labeled[] {
  const test = drawn(context, 'test', context.params.test)
  const labeled = (scene: NamedScene, rows: ArrayLike<number>, at: number): Labeled => ({
    scene,
    scores: logProbabilities(scene.classes.length, rows, at),
    truth: scene.classes.map((c) => c - 1),
  })
  if (from === 'detector') return test.map((scene) => labeled(scene, scene.objects.data, 0))
  const { params } = context
  const network = sceneGraphPredictor({
    classes: C,
    predicates: R,
    hidden: params.hidden,
    steps: 1,
    attention: 'none',
  })
  trainFrom(network, context, {
    train: drawn(context, 'train', params.train),
    valid: drawn(context, 'valid', 100),
    batch: 20,
    steps: params.steps,
    every: 50,
    patience: 6,
    loss: { objects: 1, none: 1 },
  })
  const { objects } = network.predict(test)
  let at = 0
  return test.map((scene) => {
    const one = labeled(scene, objects, at)
    at += scene.classes.length * C
    return one
  })
}

function measure(
  { from }: CellsOf<typeof constrainedScenes>['labels'],
  context: Context,
): ConstrainedMeasured {
  const { params, stream } = context
  const all = predicted(from, context)
  return {
    caps: params.more.map((more) =>
      measureCap(all, more, params.points, stream.child('points', more)),
    ),
    example: exampleOf(all),
  }
}

const factsOf = (one: CapMeasured, scenes: number): CapsFacts => ({
  scenes,
  before: one.above[0],
  after: one.above[1],
  gap: one.gap,
  compared: one.compared,
  apart: one.apart,
  gain: one.gain,
})

/** Accuracy of the projected marginals, and limit of the differences that check gradients. */
const ACCURACY = 1e-11
const LIMIT = 1e-6

export const work = workOf(constrainedScenes, {
  parts: { labels: { measure } },
  conclude: ({ labels }, params, verdict) => {
    const rows = labels.flatMap(({ cell: { from, seed }, measured }) =>
      measured.caps.map((cap) => ({ ...cap, from, seed })),
    )
    const all = rows.map((row) => factsOf(row, params.test))
    const projections = rows.map((row) => ({
      kind: `at most c of a class, ${predictorNames[row.from]}`,
      projections: params.test,
      violation: row.violation,
      accuracy: ACCURACY,
      points: row.points,
      inequality: row.inequality,
      cases: row.cases,
      error: row.error,
      kinks: 0,
      kinkError: 0,
      limit: LIMIT,
    }))
    const compared = projections.filter(({ points }) => points > 0)
    const example = (['network', 'detector'] as const)
      .flatMap((from) => labels.filter(({ cell }) => cell.from === from))
      .find(({ measured }) => measured.example !== null)?.measured.example
    const fraction = (count: number): number => count / params.test
    const averages = (['detector', 'network'] as const).flatMap((from) =>
      ascending(params.more).flatMap((more) => {
        const own = rows.filter((row) => row.from === from && row.more === more)
        if (own.length === 0) return []
        const of = (l: number) => fraction(mean(own.map(({ above }) => above[l])))
        return [{ from, more, before: of(0), after: of(1), marginals: of(2) }]
      }),
    )
    return {
      verdicts: [
        verdict(capsAreKept, ['labels'], () => all),
        verdict(cappedLabelsAreBest, ['labels'], () => all),
        verdict(trueCapsHelp, ['labels'], () =>
          rows.filter(({ more }) => more === 0).map((row) => factsOf(row, params.test)),
        ),
        verdict(projectionsFeasible, ['labels'], () => projections),
        verdict(projectionsNearest, ['labels'], () => compared),
        verdict(transportProjectionsAgree, ['labels'], () => all),
        verdict(projectionGradients, ['labels'], () => projections),
      ],
      tables: [
        tableOf(
          'labels',
          'Correct boxes and scenes above the cap: without it, with it, and by the largest projected marginals',
          rows,
          {
            from: ['predictor', ({ from }) => predictorNames[from]],
            seed: ['initialization', ({ from, seed }) => (from === 'network' ? seed : null)],
            more: ['$c$ minus true number', ({ more }) => more],
            above: ['scenes above $c$', ({ above }) => above[0]],
            aboveAfter: ['with the cap', ({ above }) => above[1]],
            aboveMarginals: ['by marginals', ({ above }) => above[2]],
            right: ['correct boxes, %', ({ right, boxes }) => (100 * right[0]) / boxes, 4],
            rightAfter: ['with the cap', ({ right, boxes }) => (100 * right[1]) / boxes, 4],
            rightMarginals: ['by marginals', ({ right, boxes }) => (100 * right[2]) / boxes, 4],
          },
        ),
        tableOf('projections', 'Projected marginals of scenes that exceed the cap', rows, {
          from: ['predictor', ({ from }) => predictorNames[from]],
          more: ['$c$ minus true number', ({ more }) => more],
          compared: ['scenes', ({ compared: count }) => count],
          violation: ['max violation', ({ violation }) => violation, 2],
          inequality: [
            'max $\\langle v - y, u - y\\rangle/L$',
            ({ points, inequality }) => (points > 0 ? inequality : null),
            2,
          ],
          apart: ['distance from Dykstra', ({ apart }) => apart, 2],
          error: ['gradient error', ({ cases, error }) => (cases > 0 ? error : null), 2],
        }),
      ],
      figures: [
        ...(example ? [exampleFigure(example)] : []),
        {
          id: 'above',
          title: 'No scene is above the cap once it is imposed',
          caption: `Fraction of ${params.test} test scenes in which more than c boxes have the class that is predicted most often, against c minus its true number: by the most likely class of each box (red), by the class with the largest projected marginal (gray), whose sum alone is bounded, and by the most likely labels within the cap (blue).`,
          panels: (['detector', 'network'] as const)
            .map((from) => averages.filter((one) => one.from === from))
            .filter((own) => own.length > 0)
            .map((own) =>
              panelOf(
                {
                  title: predictorNames[own[0].from],
                  x: {
                    label: 'c minus the true number',
                    domain: [
                      Math.min(...own.map(({ more }) => more)) - 0.4,
                      Math.max(...own.map(({ more }) => more)) + 0.4,
                    ],
                  },
                  y: { label: 'fraction of scenes above c' },
                },
                (
                  [
                    ['before', 'without the cap', 'violated'],
                    ['marginals', 'largest projected marginals', 'soft'],
                    ['after', 'labels within the cap', 'measured'],
                  ] as const
                ).flatMap(([of, key, tone]) => {
                  const shown = own.map((one) => ({ x: one.more, y: one[of] }))
                  return [
                    line(of, shown, xy, { tone, width: 2 }),
                    dots(`${of} dots`, shown, xy, { tone, radius: 4.5, key }),
                  ]
                }),
              ),
            ),
        },
      ],
    }
  },
})
