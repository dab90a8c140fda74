import { wilsonInterval } from '@nonconvex/optim/statistics'
import type { Figure } from '../../figure/figure.js'
import type { Found } from './conclude.js'
import { FIXED_STEPS, type Outcome } from './fixed-sample.js'
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
  return {
    id: 'fixed',
    title: 'A few times as many examples as weights are enough',
    caption: `Gradient descent on the loss of a fixed sample of $N$ examples, $k = ${k}$ windows and $m = ${m}$ weights, ${FIXED_STEPS} steps: share of random starts, teachers and samples that end at the teacher, with 95 % intervals; at other weights that fit all examples; at a flat point of positive loss; or to and fro across a kink of the loss, where it does not fall any more. Measured; no theorem here covers it.`,
    panels: [
      {
        x: { label: 'N, examples', scale: 'log' },
        y: { label: 'share of runs', domain: [0, 1.04] },
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
        },
        marks: [
          {
            mark: 'line',
            frame: 'other',
            x: 'x',
            y: 'y',
            tone: 'bound',
            key: 'fits, but is not the teacher',
          },
          {
            mark: 'dot',
            frame: 'other',
            x: 'x',
            y: 'y',
            tone: 'bound',
            radius: 3,
            key: 'fits, but is not the teacher',
          },
          { mark: 'line', frame: 'flat', x: 'x', y: 'y', tone: 'violated', key: 'flat, loss > 0' },
          {
            mark: 'dot',
            frame: 'flat',
            x: 'x',
            y: 'y',
            tone: 'violated',
            radius: 3,
            key: 'flat, loss > 0',
          },
          {
            mark: 'line',
            frame: 'kink',
            x: 'x',
            y: 'y',
            tone: 'violated',
            dash: true,
            key: 'at a kink, loss > 0',
          },
          {
            mark: 'dot',
            frame: 'kink',
            x: 'x',
            y: 'y',
            tone: 'violated',
            filled: false,
            key: 'at a kink, loss > 0',
          },
          {
            mark: 'line',
            frame: 'going',
            x: 'x',
            y: 'y',
            tone: 'undecided',
            dash: true,
            key: 'not finished',
          },
          { mark: 'line', frame: 'reached', x: 'x', y: 'y', tone: 'measured', key: 'teacher' },
          {
            mark: 'interval',
            frame: 'reached',
            x: 'x',
            y1: 'low',
            y2: 'high',
            tone: 'measured',
            key: 'teacher',
          },
          {
            mark: 'dot',
            frame: 'reached',
            x: 'x',
            y: 'y',
            tone: 'measured',
            radius: 3,
            key: 'teacher',
          },
        ],
      },
    ],
  }
}
