import { mean } from '../../averages.js'
import type { Figure } from '../../figure/figure.js'
import { beside, dots, label, labels, panelOf, xy } from '../../figure/layers.js'
import { bound, lyingBars, type Bar } from '../bars.js'
import { picture, rules, type Rule } from './experiment.js'

interface Picture {
  readonly local: readonly (readonly number[])[]
  readonly whole: readonly (readonly number[])[]
  readonly ranked: readonly { readonly y: readonly number[]; readonly p: number }[]
}

interface Trial {
  readonly token: { readonly [R in Rule]: number }
}

export function contextFigures(
  seen: Picture | undefined,
  trials: readonly Trial[],
  { train, test }: { readonly train: number; readonly test: number },
): Figure[] {
  return [...(seen ? [pictureFigure(seen)] : []), accuracyFigure(trials, train, test)]
}

/** Places of the labels on the axis of names, with a free row between two parts. */
const names = picture.labels.flatMap((list, i) => (i === 0 ? [...list] : ['', ...list]))
const placeOf = (i: number, a: number): number => {
  const before = picture.labels.slice(0, i).reduce((sum, list) => sum + list.length + 1, 0)
  return names.length - before - a
}

/** Probabilities of the labels alone and together; all labelings by probability. */
function pictureFigure({ local, whole, ranked }: Picture): Figure {
  const bars = (all: Picture['local'], shift: number, tone: Bar['tone'], key: string): Bar[] =>
    all.flatMap((p, i) =>
      p.map((value, a) => ({
        place: placeOf(i, a) + shift,
        value,
        tone,
        ...(i === 0 && a === 0 && { key }),
      })),
    )
  const tops = (all: Picture['local'], shift: number) =>
    all.map((p, i) => {
      const value = Math.max(...p)
      return { x: value, y: placeOf(i, p.indexOf(value)) + shift }
    })
  const y = local.map((p) => p.indexOf(Math.max(...p)))
  const words = (labeling: readonly number[]): string =>
    labeling.map((a, i) => picture.labels[i][a]).join(', ')
  const rank = ranked.findIndex((one) => words(one.y) === words(y))
  const rows = ranked.map(({ p }, r): Bar => ({
    place: ranked.length - r,
    value: p,
    tone: r === 0 ? 'measured' : 'soft',
  }))
  return {
    id: 'picture',
    title: `Each part alone says ${words(y)}; together they say ${words(ranked[0].y)}`,
    caption:
      'A person on a board in front of some ground. Left: the probability of each label, from what the part looks like (gray) and from the whole picture (blue); a dot marks the most probable label of each part. ' +
      `A skateboard goes with a road and a surfboard with a wave, so that the wave, only second by itself, wins together with the surfboard. Right: all 12 labelings by their probability; the one of the parts alone is number ${rank + 1}.`,
    panels: [
      panelOf(
        {
          title: 'labels of the parts',
          x: { label: 'probability', domain: [0, 0.8] },
          y: { label: '', domain: [0.3, names.length + 0.7], names: [...names].reverse() },
        },
        [
          ...lyingBars(bars(local, 0.2, 'soft', 'part alone'), 0.18),
          ...lyingBars(bars(whole, -0.2, 'measured', 'whole picture'), 0.18),
          dots('best alone', tops(local, 0.2), xy, { tone: 'ink', radius: 4 }),
          dots('best together', tops(whole, -0.2), xy, { tone: 'measured', radius: 4 }),
        ],
      ),
      panelOf(
        {
          title: 'labelings of the whole',
          x: { label: 'probability', domain: [0, 0.32] },
          y: {
            label: '',
            domain: [0.3, ranked.length + 0.7],
            names: ranked.map((one) => words(one.y)).reverse(),
          },
        },
        [
          ...lyingBars(rows, 0.35),
          labels(
            'probabilities',
            rows,
            {
              x: ({ value }) => value,
              y: ({ place }) => place,
              text: ({ value }) => value.toFixed(3),
            },
            { tone: 'ink', anchor: 'start', dx: 5 },
          ),
          label(
            'parts alone',
            'parts alone',
            rank < 0 ? undefined : [ranked[rank].p, ranked.length - rank],
            { tone: 'bound', anchor: 'start', dx: 44, bold: true },
          ),
        ],
      ),
    ],
  }
}

/** Accuracy of each rule on parity chains: a bar for each rule, a dot for each trial. */
function accuracyFigure(trials: readonly Trial[], train: number, test: number): Figure {
  const list = Object.keys(rules) as Rule[]
  const place = (rule: Rule): number => list.length - list.indexOf(rule)
  const average = (rule: Rule): number => mean(trials.map(({ token }) => token[rule]))
  const bars =
    trials.length === 0
      ? []
      : list.map((rule): Bar => ({
          place: place(rule),
          value: average(rule),
          tone: rule === 'local' || rule === 'softmax' ? 'soft' : 'measured',
        }))
  const limit = trials.length === 0 ? null : average('local')
  return {
    id: 'accuracy',
    title: 'A CRF exceeds what any rule of a single position can reach',
    caption: `Fraction of correctly labeled positions on parity chains, ${train} training and ${test} test sequences; a dot for each trial. Gray: rules that see one position. The dashed line is the best accuracy of any such rule. Blue: rules that see the sequence. The training of the M3N ends before its minimum (P − P* in the table), and its hinge is not consistent: either may cost it accuracy.`,
    panels: [
      panelOf(
        {
          x: { label: 'correct positions', domain: [0, 1] },
          y: {
            label: '',
            domain: [0.4, list.length + 0.9],
            names: list.map((rule) => rules[rule]).reverse(),
          },
        },
        [
          ...lyingBars(bars, 0.28),
          ...bound('limit', 'limit without context', limit, [list.length + 0.65, 6]),
          dots(
            'trials',
            trials.flatMap(({ token }) => list.map((rule) => ({ x: token[rule], y: place(rule) }))),
            xy,
            { tone: 'ink', key: 'one trial' },
          ),
          labels(
            'values',
            bars,
            { x: () => 0, y: ({ place: at }) => at, text: ({ value }) => value.toFixed(3) },
            beside('ink', 6),
          ),
        ],
      ),
    ],
  }
}
