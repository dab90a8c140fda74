import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, labels, panelOf, xy } from '../../figure/layers.js'
import { bound, lyingBars, type Bar } from '../bars.js'
import type { ChainMeasured } from './chains.js'
import { examplesFigure, largestRises } from './examples-figure.js'
import { alone, rules, type Rule } from './experiment.js'
import { pictureFigure } from './picture-figure.js'
import type { PictureMeasured } from './picture.js'

type Trial = ChainMeasured & { readonly trial: number }

export function contextFigures(
  seen: PictureMeasured | undefined,
  trials: readonly Trial[],
  sizes: { readonly train: number; readonly test: number },
): Figure[] {
  const examples = trials.flatMap(({ trial, examples }) =>
    examples.map((one) => ({ ...one, trial })),
  )
  return [
    ...(seen ? [pictureFigure(seen)] : []),
    accuracyFigure(trials, sizes),
    ...(examples.length > 0 ? [examplesFigure(largestRises(examples))] : []),
  ]
}

const list = Object.keys(rules) as Rule[]

/** Accuracy of each rule on parity chains: a bar for each rule, a dot for each trial. */
function accuracyFigure(
  trials: readonly Trial[],
  { train, test }: { readonly train: number; readonly test: number },
): Figure {
  return {
    id: 'accuracy',
    title: 'Rules that see the sequence exceed what any rule of a single position can reach',
    caption: `Parity chains of 8 positions, ${train} training and ${test} test sequences; a dot for each trial. Gray: rules that see one position. Blue: rules that see the sequence. Left: correctly labeled positions; dashed, the best accuracy of any rule of a position and of any rule at all. Right: sequences without an error; the Viterbi labeling of the true model is the best of all rules. The CRF has the form of the distribution and inference by dynamic programming, and exceeds the networks, which learn both from examples. The training of the M3N ends before its minimum (P − P* in the table), and its hinge is not consistent: either may cost it accuracy.`,
    panels: [
      panel('Positions', 'correct positions', 'token', trials, [
        ['local', 'limit of a position'],
        ['whole', 'limit'],
      ]),
      panel('Whole sequences', 'sequences without an error', 'sequence', trials, [
        ['viterbi', 'limit'],
      ]),
    ],
  }
}

function panel(
  title: string,
  axis: string,
  of: 'token' | 'sequence',
  trials: readonly Trial[],
  limits: readonly (readonly [rule: Rule, text: string])[],
): Panel {
  const place = (rule: Rule): number => list.length - list.indexOf(rule)
  const average = (rule: Rule): number => mean(trials.map((one) => one[of][rule]))
  const bars =
    trials.length === 0
      ? []
      : list.map((rule): Bar => ({
          place: place(rule),
          value: average(rule),
          tone: alone.has(rule) ? 'soft' : 'measured',
        }))
  return panelOf(
    {
      title,
      x: { label: axis, domain: [0, of === 'token' ? 1 : 0.6] },
      y: {
        label: '',
        domain: [0.4, list.length + 1.4],
        names: list.map((rule) => rules[rule]).reverse(),
      },
    },
    [
      ...lyingBars(bars, 0.28),
      ...limits.flatMap(([rule, text], i) =>
        bound(text, text, trials.length === 0 ? null : average(rule), [
          list.length + 1.1,
          i === 0 && limits.length > 1 ? -6 : 6,
        ]),
      ),
      dots(
        'trials',
        trials.flatMap((one) => list.map((rule) => ({ x: one[of][rule], y: place(rule) }))),
        xy,
        { tone: 'ink', ...(of === 'token' && { key: 'one trial' }) },
      ),
      labels(
        'values',
        bars,
        { x: () => 0, y: ({ place: at }) => at, text: ({ value }) => value.toFixed(3) },
        beside('ink', 6),
      ),
    ],
  )
}
