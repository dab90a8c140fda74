import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'

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
export function invarianceFigures(
  form: readonly Checked[],
  violators: readonly Checked[],
): Figure[] {
  return [
    {
      id: 'invariance',
      title: 'Permutations change the labels of invariant functions by rounding only',
      caption:
        'Largest change of a label over all inputs and permutations. Functions of the theorem’s form change by rounding only, some not at all; functions that depend on node positions change by much more, here on the minimal counterexample after shrinking. Dashed: tolerance of the checker, in units of 1 + the largest label.',
      panels: [panel(form, violators)],
    },
  ]
}

function panel(form: readonly Checked[], violators: readonly Checked[]): Panel {
  const total = form.length + violators.length
  // the first of the list on top
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
    x: { label: 'max change of a label', scale: 'log', domain: [NONE / 5, 1e2] },
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
        text: same.map(() => 'no change'),
      },
      violator: frame(dots(violators, form.length)),
      allowed: { x: [TOLERANCE] },
      allowedName: name('tolerance', TOLERANCE, total + 1.2),
    },
    marks: [
      { mark: 'rule-x', frame: 'allowed', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { ...dot, frame: 'form', tone: 'measured', key: 'theorem’s form' },
      { ...dot, frame: 'same', tone: 'measured', filled: false },
      {
        ...dot,
        frame: 'violator',
        tone: 'violated',
        symbol: 'square',
        key: 'depends on node positions',
      },
      nameMark('same', { tone: 'measured', anchor: 'start', dx: 8 }),
      nameMark('allowedName', { tone: 'bound', anchor: 'start', dx: 6 }),
    ],
  }
}
