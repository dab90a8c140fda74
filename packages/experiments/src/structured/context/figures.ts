import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, labels, panelOf, xy } from '../../figure/layers.js'
import { bound, lyingBars, type Bar } from '../bars.js'
import type { ChainMeasured } from './chains.js'
import { examplesFigure, largestRises } from './examples-figure.js'
import { alone, rules, sceneRules, type Rule, type SceneRule } from './experiment.js'
import { pictureFigure } from './picture-figure.js'
import type { PictureMeasured } from './picture.js'
import type { ScenesMeasured } from './scenes.js'

type Trial = ChainMeasured & { readonly trial: number }

interface Sizes {
  readonly train: number
  readonly test: number
  readonly scenes: number
}

export function contextFigures(
  seen: PictureMeasured | undefined,
  trials: readonly Trial[],
  scenes: ScenesMeasured | undefined,
  sizes: Sizes,
): Figure[] {
  const examples = trials.flatMap(({ trial, examples }) =>
    examples.map((one) => ({ ...one, trial })),
  )
  return [
    ...(seen ? [pictureFigure(seen)] : []),
    accuracyFigure(trials, sizes),
    ...(examples.length > 0 ? [examplesFigure(largestRises(examples))] : []),
    ...(scenes ? [scenesFigure(scenes, sizes)] : []),
  ]
}

/** A rule with its accuracy in each trial. */
interface Row {
  readonly name: string
  readonly tone: Bar['tone']
  readonly values: readonly number[]
}

/** Accuracy of each rule on parity chains: a bar for each rule, a dot for each trial. */
function accuracyFigure(trials: readonly Trial[], { train, test }: Sizes): Figure {
  const rows = (of: 'token' | 'sequence'): Row[] =>
    (Object.keys(rules) as Rule[]).map((rule) => ({
      name: rules[rule],
      tone: alone.has(rule) ? 'soft' : 'measured',
      values: trials.map((one) => one[of][rule]),
    }))
  const average = (of: 'token' | 'sequence', rule: Rule): number | null =>
    trials.length === 0 ? null : mean(trials.map((one) => one[of][rule]))
  return {
    id: 'accuracy',
    title: 'Rules that see the sequence exceed what any rule of a single position can reach',
    caption: `Parity chains of 8 positions, ${train} training and ${test} test sequences; a dot for each trial. Gray: rules that see one position. Blue: rules that see the sequence. Left: correctly labeled positions; dashed, the best accuracy of any rule of a position and of any rule at all. Right: sequences without an error; the Viterbi labeling of the true model is the best of all rules. The CRF has the form of the distribution and inference by dynamic programming, and exceeds the networks, which learn both from examples. The training of the M3N ends before its minimum (P − P* in the table), and its hinge is not consistent: either may cost it accuracy.`,
    panels: [
      panel(['Positions', 'correct positions', 1], rows('token'), [
        [average('token', 'local'), 'limit of a position'],
        [average('token', 'whole'), 'limit'],
      ]),
      panel(['Whole sequences', 'sequences without an error', 0.6], rows('sequence'), [
        [average('sequence', 'viterbi'), 'limit'],
      ]),
    ],
  }
}

/** Accuracy of each rule on scenes. */
function scenesFigure(measured: ScenesMeasured, { scenes }: Sizes): Figure {
  const rows = (of: 'objects' | 'scenes'): Row[] =>
    (Object.keys(sceneRules) as SceneRule[]).map((rule) => ({
      name: sceneRules[rule],
      tone: rule === 'own' || rule === 'softmax' ? 'soft' : 'measured',
      values: [measured.accuracy[rule][of]],
    }))
  return {
    id: 'scenes',
    title: 'On scenes, which objects are present helps, and how they are related helps more',
    caption: `Scenes of five objects, ${scenes} for training and ${measured.tested.all} for tests. Gray: rules that see one object. Blue: DeepSets sees all objects, the CRF their relations, too. It is trained by pseudo-likelihood, as its graph has cycles; sum-product, max-product and mean field are approximate (the table compares them with enumeration). Dashed: the Bayes rules of an object and of the scene. The CRF has nearly the form of the distribution; where interactions are not pairwise, or inference is too slow, a network wins.`,
    panels: [
      panel(['Objects', 'correct objects', 1], rows('objects'), [
        [measured.accuracy.own.objects, 'limit of an object'],
        [measured.accuracy.joint.objects, 'limit'],
      ]),
      panel(['Whole scenes', 'scenes without an error', 1], rows('scenes'), []),
    ],
  }
}

function panel(
  [title, axis, most]: readonly [title: string, axis: string, most: number],
  rows: readonly Row[],
  limits: readonly (readonly [at: number | null, text: string])[],
): Panel {
  const place = (r: number): number => rows.length - r
  const bars = rows.flatMap(({ tone, values }, r): Bar[] =>
    values.length === 0 ? [] : [{ place: place(r), value: mean(values), tone }],
  )
  const several = rows.some(({ values }) => values.length > 1)
  return panelOf(
    {
      title,
      x: { label: axis, domain: [0, most] },
      y: {
        label: '',
        domain: [0.4, rows.length + 1.4],
        names: rows.map(({ name }) => name).reverse(),
      },
    },
    [
      ...lyingBars(bars, 0.28),
      ...limits.flatMap(([at, text], i) =>
        bound(text, text, at, [rows.length + 1.1, i === 0 && limits.length > 1 ? -6 : 6]),
      ),
      ...(several
        ? [
            dots(
              'trials',
              rows.flatMap(({ values }, r) => values.map((x) => ({ x, y: place(r) }))),
              xy,
              { tone: 'ink', ...(limits.length > 1 && { key: 'one trial' }) },
            ),
          ]
        : []),
      labels(
        'values',
        bars,
        { x: () => 0, y: ({ place: at }) => at, text: ({ value }) => value.toFixed(3) },
        beside('ink', 6),
      ),
    ],
  )
}
