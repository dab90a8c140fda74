import { wilsonInterval } from '@nonconvex/gaussian-theory'
import type { Figure } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import { FIXED_STEPS } from './fixed-sample.js'
import type { Outcome } from './fixed-sample.js'
import type { SGDParams } from './params.js'

/** How often a fixed sample of a size leads to the teacher, and what happens where it does not. */
export function fixedFigure({ fixed }: Found, { k, m }: SGDParams): Figure {
  const share = (outcome: Outcome) =>
    fixed.map(({ ends }) => ends.filter((end) => end.outcome === outcome).length / ends.length)
  const x = fixed.map(({ n }) => n)
  const reached = fixed.map(({ ends }) => {
    const count = ends.filter((end) => end.outcome === 'teacher').length
    return wilsonInterval(count, ends.length)
  })
  const line = (outcome: Outcome) => ({ x, y: share(outcome) })
  // names stand where their lines are highest, those of failures at the left
  const name = (outcome: Outcome, text: string, last: boolean) => {
    const y = share(outcome)
    const at = last ? y.length - 1 : y.indexOf(Math.max(...y))
    const shown = y.length > 0 && y[at] > 0
    return { x: shown ? [x[at]] : [], y: shown ? [y[at]] : [], text: shown ? [text] : [] }
  }
  return {
    id: 'fixed',
    title: 'A few times as many examples as weights are enough',
    caption: `Gradient descent on the loss of a fixed sample of $N$ examples, $k = ${k}$ windows and $m = ${m}$ weights, ${FIXED_STEPS} steps: share of random starts, teachers and samples that end at the teacher, with 95 % intervals; at other weights that fit all examples; at a flat point of positive loss; or to and fro across a kink of the loss, where it does not fall any more. Measured; no theorem here covers it.`,
    panels: [
      {
        x: { label: 'N, examples', scale: 'log' },
        y: { label: 'share of runs', domain: [0, 1.08] },
        frames: {
          reached: {
            x,
            y: share('teacher'),
            low: reached.map(({ low }) => low),
            high: reached.map(({ high }) => high),
          },
          other: line('other-fit'),
          flat: line('flat'),
          kink: line('kink'),
          going: line('on-the-way'),
          reachedName: name('teacher', 'teacher', true),
          otherName: name('other-fit', 'fits, but is not the teacher', false),
          flatName: name('flat', 'flat, loss > 0', false),
          kinkName: name('kink', 'at a kink, loss > 0', false),
          goingName: name('on-the-way', 'not finished', false),
        },
        marks: [
          { mark: 'line', frame: 'other', x: 'x', y: 'y', tone: 'bound' },
          { mark: 'dot', frame: 'other', x: 'x', y: 'y', tone: 'bound', radius: 3 },
          { mark: 'line', frame: 'flat', x: 'x', y: 'y', tone: 'violated' },
          { mark: 'dot', frame: 'flat', x: 'x', y: 'y', tone: 'violated', radius: 3 },
          { mark: 'line', frame: 'kink', x: 'x', y: 'y', tone: 'violated', dash: true },
          { mark: 'dot', frame: 'kink', x: 'x', y: 'y', tone: 'violated', filled: false },
          { mark: 'line', frame: 'going', x: 'x', y: 'y', tone: 'undecided', dash: true },
          { mark: 'line', frame: 'reached', x: 'x', y: 'y', tone: 'measured' },
          { mark: 'interval', frame: 'reached', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
          { mark: 'dot', frame: 'reached', x: 'x', y: 'y', tone: 'measured', radius: 3 },
          nameMark('reachedName', { tone: 'measured', anchor: 'end', dx: -4, dy: -12 }),
          nameMark('otherName', { tone: 'bound', anchor: 'start', dx: 8, dy: -8 }),
          nameMark('flatName', { tone: 'violated', anchor: 'start', dx: 8, dy: -8 }),
          nameMark('kinkName', { tone: 'violated', anchor: 'start', dx: 8, dy: -8 }),
          nameMark('goingName', { tone: 'undecided', anchor: 'start', dx: 8, dy: -8 }),
        ],
      },
    ],
  }
}
