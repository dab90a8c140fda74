import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'

/** Rounding that the checker allows by default. */
export const TOLERANCE = 1e-9

/** What the figure shows of a function that was checked. */
interface Checked {
  readonly name: string
  readonly error: number
}

/** Where labels stand that did not change at all. */
const NONE = 1e-18

/** How far labels move when nodes are listed in another order: by rounding, or by whole units. */
export function invarianceFigures(
  form: readonly Checked[],
  violators: readonly Checked[],
): Figure[] {
  return [
    {
      id: 'invariance',
      title: 'Another order of the nodes changes labels by rounding, or by much',
      caption:
        'Largest change of a label over all inputs and orders tried. Functions of the form of the theorem change by rounding only, some not at all; functions that read positions change by much, on the smallest counterexample that is left after shrinking. Dashed: what the checker allows to rounding, in units of one more than the largest label.',
      panels: [panel(form, violators)],
    },
  ]
}

function panel(form: readonly Checked[], violators: readonly Checked[]): Panel {
  const total = form.length + violators.length
  // the first of the list stands on top
  const dots = (all: readonly Checked[], before: number) =>
    all.map(({ error }, i) => ({ x: error, y: total - before - i }))
  const frame = (all: readonly { readonly x: number; readonly y: number }[]): Frame => ({
    x: all.map(({ x }) => x),
    y: all.map(({ y }) => y),
  })
  const all = dots(form, 0)
  const same = all.filter(({ x }) => x === 0)
  const name = (text: string, x: number, y: number) => ({ x: [x], y: [y], text: [text] })
  const dot = { mark: 'dot', x: 'x', y: 'y', radius: 3.5 } as const
  return {
    x: { label: 'largest change of a label', scale: 'log', domain: [NONE / 5, 1e2] },
    y: {
      label: '',
      domain: [0.2, total + 1.8],
      names: [...form, ...violators].map((one) => one.name).reverse(),
    },
    frames: {
      form: frame(all.filter(({ x }) => x !== 0)),
      same: {
        x: same.map(() => NONE),
        y: same.map(({ y }) => y),
        text: same.map(() => 'no change at all'),
      },
      violator: frame(dots(violators, form.length)),
      allowed: { x: [TOLERANCE] },
      allowedName: name('allowed', TOLERANCE, total + 1.2),
    },
    marks: [
      { mark: 'rule-x', frame: 'allowed', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { ...dot, frame: 'form', tone: 'measured', key: 'of the form of the theorem' },
      { ...dot, frame: 'same', tone: 'measured', filled: false },
      { ...dot, frame: 'violator', tone: 'violated', symbol: 'square', key: 'reading positions' },
      nameMark('same', { tone: 'measured', anchor: 'start', dx: 8 }),
      nameMark('allowedName', { tone: 'bound', anchor: 'start', dx: 6 }),
    ],
  }
}
