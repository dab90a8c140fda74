import type { SgdStatus } from '@nonconvex/overparam'
import {
  reluFailureProbability,
  type BadMinimumFacts,
  type CoordinateTally,
} from '@nonconvex/overparam/relu'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, line, panelOf, ruleX, type Layer } from '../../figure/layers.js'
import { unpack, type Packed } from '../../result/packed.js'
import { intervalOf } from '../coordinates.js'
import type { reluFailure } from './experiment.js'

type Params = ParamsOf<typeof reluFailure>

/** Counts over many runs of one width, and the first of them in detail. */
export type WidthMeasured = {
  readonly kind: 'width'
  readonly k: number
  readonly tally: CoordinateTally
  /** coordinates wrong at the end, over all runs: each has probability 2^{−k} */
  readonly wrong: number
  /** of the first run: dead at initialization, and misclassified at the end */
  readonly first: { readonly dead: readonly number[]; readonly wrong: readonly number[] }
}

/** A spurious local minimum by the construction, and measurements around it. */
export type MinimumMeasured = {
  readonly kind: 'minimum'
  readonly facts: BadMinimumFacts
  /** how far every row may move without a change of the loss */
  readonly radius: number
  /** loss along random directions, [directions, points], and how far every row is moved there */
  readonly moved: Packed
  readonly losses: Packed
  /** SGD from the same point with leaky ReLU */
  readonly leak: { readonly status: SgdStatus; readonly updates: number; readonly loss: number }
}

/** Failure rates, misclassified coordinates, and a spurious local minimum. */
export function reluFailureFigures(
  widths: readonly WidthMeasured[],
  minima: readonly MinimumMeasured[],
  p: Params,
): readonly Figure[] {
  const minimum = minima.at(0)
  return [
    ...(widths.length > 0
      ? [
          {
            id: 'failures',
            title: 'Narrow ReLU networks fail on dead coordinates, with the exact probability',
            caption: `SGD on the unit vectors $e_1, \\dots, e_{${p.d}}$ with labels $+1$. Left: fraction of ${p.runs} runs that fail, with 99 % Clopper–Pearson intervals; the curve is $1-(1-2^{-k})^d$. Right: the first run of each width; rings are coordinates on which no positive unit is active at initialization, dots are those misclassified after training.`,
            panels: [failurePanel(widths, p), deadPanel(widths, p)],
          },
        ]
      : []),
    ...(minimum && minimum.radius > 0 ? [flatFigure(minimum)] : []),
  ]
}

function failurePanel(widths: readonly WidthMeasured[], p: Params): Panel {
  const k = ({ k }: WidthMeasured): number => k
  const predicted = (width: WidthMeasured): number => reluFailureProbability(p.d, width.k)
  const observed = ({ tally }: WidthMeasured): number => tally.failed / tally.runs
  const interval = ({ tally }: WidthMeasured) => intervalOf(tally.failed, tally.runs)
  const named = widths.find((width) => predicted(width) < 0.9) ?? widths[0]
  return panelOf(
    {
      title: 'Runs that fail',
      x: { label: 'width k (hidden units of each sign)' },
      y: { label: 'fraction of runs', domain: [0, 1.05] },
    },
    [
      line('predicted', widths, { x: k, y: predicted }, { tone: 'bound', width: 1.5 }),
      dots(
        'runs',
        widths,
        {
          x: k,
          y: observed,
          low: (width) => interval(width).low,
          high: (width) => interval(width).high,
        },
        { tone: 'measured', radius: 3 },
      ),
      label('bound', 'probability', [named.k, predicted(named)], {
        tone: 'bound',
        anchor: 'start',
        dx: 8,
        dy: -8,
      }),
      label('measured', 'observed', [widths[0].k, observed(widths[0])], {
        tone: 'measured',
        anchor: 'start',
        dy: 16,
        bold: true,
      }),
    ],
  )
}

function deadPanel(widths: readonly WidthMeasured[], p: Params): Panel {
  const coordinates = (
    of: 'dead' | 'wrong',
    look: Parameters<typeof dots>[3] & { readonly key: string },
  ): Layer =>
    dots(
      of,
      widths.flatMap(({ k, first }) => first[of].map((i) => ({ k, i }))),
      { x: ({ k }) => k, y: ({ i }) => i + 1 },
      look,
    )
  const k = widths.map((width) => width.k)
  return panelOf(
    {
      title: 'Dead coordinates of one run',
      x: {
        label: 'width k (hidden units of each sign)',
        domain: [Math.min(...k) - 0.5, Math.max(...k) + 0.5],
      },
      y: { label: 'coordinate', domain: [0, p.d + 1] },
    },
    [
      coordinates('dead', {
        tone: 'bound',
        radius: 4,
        filled: false,
        key: 'no positive unit active',
      }),
      coordinates('wrong', { tone: 'measured', radius: 2, key: 'wrong after training' }),
    ],
  )
}

function flatFigure({ moved, losses, radius, facts }: MinimumMeasured): Figure {
  const t = unpack(moved)
  const all = Array.from(unpack(losses))
  const top = Math.max(...all)
  return {
    id: 'bad-minimum',
    title: 'The loss is constant around a spurious minimum',
    caption: `Loss along ${all.length / t.length} random directions from a point where every unit is dead on the ${facts.positive} positive of ${facts.positive + facts.negative} examples; all rows move by the same distance. Left of the vertical line the loss is provably constant, and SGD initialized there changes no weight.`,
    panels: [
      panelOf(
        {
          x: { label: 'displacement of every row' },
          y: { label: 'mean hinge loss', domain: [0, 1.2 * top] },
        },
        [
          ruleX('radius', [radius], { tone: 'bound', width: 1.5 }),
          line(
            'curves',
            all,
            {
              x: (_, i) => t[i % t.length],
              y: (loss) => loss,
              group: (_, i) => String(Math.floor(i / t.length)),
            },
            { tone: 'measured', width: 1.5 },
          ),
          dots(
            'point',
            [facts.loss],
            { x: () => 0, y: (loss) => loss },
            { tone: 'measured', radius: 4 },
          ),
          label('certain', 'provably constant up to here', [radius, 0.1 * top], {
            tone: 'bound',
            anchor: 'start',
            dx: 8,
          }),
          label('loss', 'loss n₊/n', [radius, facts.loss], {
            tone: 'measured',
            anchor: 'start',
            dx: 8,
            dy: -10,
            bold: true,
          }),
        ],
      ),
    ],
  }
}
