import { interval95, studentInterval, type MeanByStudent } from '@nonconvex/optim/statistics'
import type { Panel } from '../../figure/figure.js'
import { dots, panelOf } from '../../figure/layers.js'
import { lyingIntervals } from '../bars.js'

/** Mean F1 of each decoder of a set of examples, the first one uppermost. */
export function f1Panel(
  title: string,
  decoders: readonly { readonly name: string; readonly f1: MeanByStudent }[],
): Panel {
  const shown = decoders.map(({ f1 }, i) => {
    const [middle, low, high] = interval95(f1, 100)
    return { middle, low, high, place: decoders.length - i }
  })
  return panelOf(
    {
      title,
      x: { label: 'F1 by example, %' },
      y: {
        label: '',
        domain: [0.5, decoders.length + 0.5],
        names: decoders.map(({ name }) => name).reverse(),
      },
    },
    [
      lyingIntervals(`${title} intervals`, shown, { tone: 'measured', width: 2 }),
      dots(
        `${title} means`,
        shown,
        { x: ({ middle }) => middle, y: ({ place }) => place },
        { tone: 'measured', radius: 4.5 },
      ),
    ],
  )
}

/** In percentage points, with the interval where there is one: '3.92 (0.51 to 7.33)'. */
export function pointsText(f1: MeanByStudent, digits: number): string {
  const [middle, low, high] = studentInterval(f1).map((x) => (100 * x).toFixed(digits))
  return Number.isFinite(studentInterval(f1)[1]) ? `${middle} (${low} to ${high})` : middle
}
