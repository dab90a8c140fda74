import type { SgdStatus } from '@nonconvex/overparam'
import { clopperPearson } from '@nonconvex/optim/statistics'
import {
  reluFailureProbability,
  type BadMinimumFacts,
  type CoordinateTally,
} from '@nonconvex/overparam/relu'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { unpack, type Packed } from '../../result/packed.js'
import type { reluFailure } from './experiment.js'

type Params = ParamsOf<typeof reluFailure>

/** What many runs of one width come to, and the first of them as a picture. */
export type WidthMeasured = {
  readonly kind: 'width'
  readonly k: number
  readonly tally: CoordinateTally
  /** coordinates wrong at the end, over all runs: each has probability 2^{−k} */
  readonly wrong: number
  /** of the first run: dead at the start, and wrong at the end */
  readonly first: { readonly dead: readonly number[]; readonly wrong: readonly number[] }
}

/** A point that the construction says is a bad minimum, and what was found around it. */
export type MinimumMeasured = {
  readonly kind: 'minimum'
  readonly facts: BadMinimumFacts
  /** how far every row may move without a change of the loss */
  readonly radius: number
  /** loss along random directions, [directions, points], and how far every row is moved there */
  readonly moved: Packed
  readonly losses: Packed
  /** SGD from the same point with a leak */
  readonly leak: { readonly status: SgdStatus; readonly updates: number; readonly loss: number }
}

/** Two-sided, 99 %. */
const SIDE = 0.005

/** The interval of Clopper and Pearson for the probability of failure. */
export const intervalOf = ({
  tally: { runs, failed },
}: WidthMeasured): {
  readonly low: number
  readonly high: number
} => ({
  low: 1 - clopperPearson(runs - failed, runs, SIDE),
  high: clopperPearson(failed, runs, SIDE),
})

/** How often runs fail, which coordinates they lose, and a minimum that they never leave. */
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
  const k = widths.map((width) => width.k)
  const curve = k.map((width) => reluFailureProbability(p.d, width))
  const observed = widths.map(({ tally }) => tally.failed / tally.runs)
  const intervals = widths.map(intervalOf)
  const middle = curve.findIndex((value) => value < 0.9)
  const at = middle < 0 ? 0 : middle
  return {
    title: 'Runs that fail',
    x: { label: 'width k (hidden units of each sign)' },
    y: { label: 'fraction of runs', domain: [0, 1.05] },
    frames: {
      predicted: { k, y: curve },
      runs: { k, y: observed },
      bars: {
        k,
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      },
      bound: { x: k.slice(at, at + 1), y: curve.slice(at, at + 1), text: ['probability'] },
      measured: { x: k.slice(0, 1), y: observed.slice(0, 1), text: ['observed'] },
    },
    marks: [
      { mark: 'line', frame: 'predicted', x: 'k', y: 'y', tone: 'bound', width: 1.5 },
      { mark: 'interval', frame: 'bars', x: 'k', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'runs', x: 'k', y: 'y', tone: 'measured', radius: 3 },
      nameMark('bound', { tone: 'bound', anchor: 'start', dx: 8, dy: -8 }),
      nameMark('measured', { tone: 'measured', anchor: 'start', dy: 16, bold: true }),
    ],
  }
}

function deadPanel(widths: readonly WidthMeasured[], p: Params): Panel {
  const points = (of: 'dead' | 'wrong'): { x: number[]; y: number[] } => {
    const all = widths.flatMap(({ k, first }) => first[of].map((i) => [k, i + 1] as const))
    return { x: all.map(([x]) => x), y: all.map(([, y]) => y) }
  }
  const k = widths.map((width) => width.k)
  return {
    title: 'Dead coordinates of one run',
    x: {
      label: 'width k (hidden units of each sign)',
      domain: [Math.min(...k) - 0.5, Math.max(...k) + 0.5],
    },
    y: { label: 'coordinate', domain: [0, p.d + 1] },
    frames: { dead: points('dead'), wrong: points('wrong') },
    marks: [
      {
        mark: 'dot',
        frame: 'dead',
        x: 'x',
        y: 'y',
        tone: 'bound',
        radius: 4,
        filled: false,
        key: 'no positive unit active',
      },
      {
        mark: 'dot',
        frame: 'wrong',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 2,
        key: 'wrong after training',
      },
    ],
  }
}

function flatFigure({ moved, losses, radius, facts }: MinimumMeasured): Figure {
  const t = Array.from(unpack(moved))
  const all = Array.from(unpack(losses))
  const directions = all.length / t.length
  const top = Math.max(...all)
  return {
    id: 'bad-minimum',
    title: 'The loss is constant around a spurious minimum',
    caption: `Loss along ${directions} random directions from a point where every unit is dead on the ${facts.positive} positive of ${facts.positive + facts.negative} examples; all rows move by the same distance. Left of the vertical line the loss is provably constant, and SGD initialized there changes no weight.`,
    panels: [
      {
        x: { label: 'displacement of every row' },
        y: { label: 'mean hinge loss', domain: [0, 1.2 * top] },
        frames: {
          curves: {
            x: Array.from({ length: directions }, () => t).flat(),
            y: all,
            direction: Array.from({ length: directions }, (_, i) => t.map(() => i)).flat(),
          },
          radius: { x: [radius] },
          point: { x: [0], y: [facts.loss] },
          certain: { x: [radius], y: [0.1 * top], text: ['provably constant up to here'] },
          loss: { x: [radius], y: [facts.loss], text: ['loss n₊/n'] },
        },
        marks: [
          { mark: 'rule-x', frame: 'radius', x: 'x', tone: 'bound', width: 1.5 },
          {
            mark: 'line',
            frame: 'curves',
            x: 'x',
            y: 'y',
            group: 'direction',
            tone: 'measured',
            width: 1.5,
          },
          { mark: 'dot', frame: 'point', x: 'x', y: 'y', tone: 'measured', radius: 4 },
          nameMark('certain', { tone: 'bound', anchor: 'start', dx: 8 }),
          nameMark('loss', { tone: 'measured', anchor: 'start', dx: 8, dy: -10, bold: true }),
        ],
      },
    ],
  }
}
