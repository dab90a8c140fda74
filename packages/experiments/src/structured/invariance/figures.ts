import type { Figure } from '../../figure/figure.js'
import { beside, dots, labels, panelOf, xy } from '../../figure/layers.js'
import { bound } from '../bars.js'

/** Default tolerance of the checker. */
export const TOLERANCE = 1e-9

/** Result for a function. */
interface Checked {
  readonly name: string
  readonly error: number
}

/** Position of a change of exactly 0 on the logarithmic axis. */
const NONE = 1e-18

/** Changes of the labels under permutations of the nodes. */
export function invarianceFigure(form: readonly Checked[], violators: readonly Checked[]): Figure {
  const all = [...form, ...violators]
  // the first of the list on top
  const points = all.map(({ error }, i) => ({ x: error || NONE, y: all.length - i, error }))
  const ofForm = points.slice(0, form.length)
  const same = ofForm.filter(({ error }) => error === 0)
  return {
    id: 'invariance',
    title: 'Permutations change the labels of invariant functions by rounding only',
    caption:
      'Largest change of a label over all inputs and permutations. Functions of the theorem’s form change by rounding only, some not at all; functions that depend on node positions change by much more, here on the minimal counterexample after shrinking. Dashed: tolerance of the checker, in units of 1 + the largest label.',
    panels: [
      panelOf(
        {
          x: { label: 'max change of a label', scale: 'log', domain: [NONE / 5, 1e2] },
          y: {
            label: '',
            domain: [0.2, all.length + 1.8],
            names: all.map(({ name }) => name).reverse(),
          },
        },
        [
          ...bound('tolerance', 'tolerance', TOLERANCE, [all.length + 1.2, 6]),
          dots(
            'form',
            ofForm.filter(({ error }) => error !== 0),
            xy,
            { tone: 'measured', radius: 3.5, key: 'theorem’s form' },
          ),
          dots('same', same, xy, { tone: 'measured', radius: 3.5, filled: false }),
          dots('violator', points.slice(form.length), xy, {
            tone: 'violated',
            radius: 3.5,
            symbol: 'square',
            key: 'depends on node positions',
          }),
          labels('same name', same, { ...xy, text: () => 'no change' }, beside('measured', 8)),
        ],
      ),
    ],
  }
}
