import { personOnBoard } from '@nonconvex/structured/pairwise'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, labels, panelOf, ruleX, xy } from '../../figure/layers.js'
import { lyingBars, type Bar } from '../bars.js'
import type { PictureMeasured } from './picture.js'

/** Places of the labels on the axis of names, with a free row between two parts. */
const names = personOnBoard.names.flatMap((list, i) => (i === 0 ? [...list] : ['', ...list]))
const placeOf = (i: number, a: number): number => {
  const before = personOnBoard.names.slice(0, i).reduce((sum, list) => sum + list.length + 1, 0)
  return names.length - before - a
}

const words = (y: readonly number[]): string =>
  y.map((a, i) => personOnBoard.names[i][a]).join(', ')

/** Probabilities of the labels alone and together; which labels go together; all labelings. */
export function pictureFigure({ local, whole, ranked }: PictureMeasured): Figure {
  const y = local.map((p) => p.indexOf(Math.max(...p)))
  const rank = ranked.findIndex((one) => words(one.y) === words(y))
  return {
    id: 'picture',
    title: `Each part alone says ${words(y)}; together they say ${words(ranked[0].y)}`,
    caption:
      'A picture of a person on a board in front of some ground, whose three parts are to be named. ' +
      'First panel: the probability of each label, from what the part looks like (gray) and from the whole picture (blue); a dot marks the most probable label of each part. ' +
      'Second panel: the scores of board and ground as a pair, positive where the two are often seen together and negative where hardly ever. ' +
      `Third panel: all 12 labelings of the picture by their probability, which combines how well the labels fit the parts and each other. A skateboard on sand is plausible part by part (number ${rank + 1} of 12), but as a whole it makes less sense than a surfboard on a wave: the wave, only second by itself, wins together with the surfboard.`,
    panels: [labelPanel(local, whole), pairPanel(), wholePanel(ranked, rank)],
  }
}

function labelPanel(local: PictureMeasured['local'], whole: PictureMeasured['whole']): Panel {
  const bars = (
    all: PictureMeasured['local'],
    shift: number,
    tone: Bar['tone'],
    key: string,
  ): Bar[] =>
    all.flatMap((p, i) =>
      p.map((value, a) => ({
        place: placeOf(i, a) + shift,
        value,
        tone,
        ...(i === 0 && a === 0 && { key }),
      })),
    )
  const tops = (all: PictureMeasured['local'], shift: number) =>
    all.map((p, i) => {
      const value = Math.max(...p)
      return { x: value, y: placeOf(i, p.indexOf(value)) + shift }
    })
  return panelOf(
    {
      title: 'The parts',
      x: { label: 'probability', domain: [0, 0.8] },
      y: { label: '', domain: [0.3, names.length + 0.7], names: [...names].reverse() },
    },
    [
      ...lyingBars(bars(local, 0.2, 'soft', 'part alone'), 0.18),
      ...lyingBars(bars(whole, -0.2, 'measured', 'whole picture'), 0.18),
      dots('best alone', tops(local, 0.2), xy, { tone: 'ink', radius: 4 }),
      dots('best together', tops(whole, -0.2), xy, { tone: 'measured', radius: 4 }),
    ],
  )
}

/** The scores of board and ground, highest first. */
function pairPanel(): Panel {
  const [, boards, grounds] = personOnBoard.names
  const scores = Array.from(personOnBoard.pair[2], (value, c) => ({
    name: `${boards[Math.floor(c / grounds.length)]}, ${grounds[c % grounds.length]}`,
    value,
  }))
  const sorted = scores.sort((a, b) => b.value - a.value)
  const bars = sorted.map(({ value }, r): Bar => ({
    place: sorted.length - r,
    value,
    tone: value > 0 ? 'measured' : 'soft',
  }))
  return panelOf(
    {
      title: 'What goes together',
      x: { label: 'score of the pair', domain: [-3, 3] },
      y: {
        label: '',
        domain: [0.3, sorted.length + 0.7],
        names: sorted.map(({ name }) => name).reverse(),
      },
    },
    [
      ...lyingBars(bars, 0.3),
      ruleX('zero', [0], { tone: 'soft' }),
      labels(
        'scores',
        bars,
        {
          x: ({ value }) => Math.max(0, value),
          y: ({ place }) => place,
          text: ({ value }) => (value > 0 ? `+${value}` : `−${-value}`),
        },
        { tone: 'ink', anchor: 'start', dx: 5 },
      ),
    ],
  )
}

function wholePanel(ranked: PictureMeasured['ranked'], rank: number): Panel {
  const rows = ranked.map(({ p }, r): Bar => ({
    place: ranked.length - r,
    value: p,
    tone: r === 0 ? 'measured' : 'soft',
  }))
  return panelOf(
    {
      title: 'The whole',
      x: { label: 'probability', domain: [0, 0.42] },
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
  )
}
