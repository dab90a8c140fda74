import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import type { RunMeasured } from './measure.js'
import { kinds } from './params.js'
import type { BaumParams } from './params.js'

/** Left: errors of the runs that learnt. Right: mass of the region that spoils step 2. */
export function baumFigures(found: Found, params: BaumParams): Figure[] {
  const list = kinds.map((kind, i) => `${i + 1} ${kind}`).join(', ')
  return [
    {
      id: 'baum',
      title: 'Symmetric inputs are learnt; inputs on one side of a plane are not',
      caption: `Each dot is a run with its own pair of half-spaces. Inputs: ${list}; the first three are symmetric. Left: error on ${params.test} fresh points, where step 2 had a solution. Right: how many points lie in the region $u\\cdot x < 0$, $v\\cdot x < 0$, $w\\cdot x > 0$, whose labels no quadratic form fits.`,
      panels: [errorPanel(found, params), badPanel(found, params)],
    },
  ]
}

const axis = { label: 'inputs', domain: [0.4, kinds.length + 0.6] } as const

/** One dot for each run, those of a distribution side by side. */
function dots(found: Found, value: (run: RunMeasured) => number | null): Frame {
  const points = kinds.flatMap((kind, i) => {
    const runs = found[kind]
    const place = (j: number): number => i + 1 + 0.5 * ((j + 0.5) / runs.length - 0.5)
    return runs.map((run, j) => [place(j), value(run)] as const)
  })
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) }
}

function errorPanel(found: Found, { test, eps }: BaumParams): Panel {
  const error = ({ errors }: RunMeasured): number | null => (errors === null ? null : errors / test)
  const none = kinds.flatMap((kind, i) =>
    found[kind].length > 0 && found[kind].every(({ errors }) => errors === null) ? [i + 1] : [],
  )
  const values = kinds.flatMap((kind) => found[kind].map(error)).map((e) => e ?? 0)
  const top = 1.25 * Math.max(eps, ...values)
  return {
    title: 'Error',
    x: axis,
    y: { label: 'share of fresh points', domain: [0, top] },
    frames: {
      runs: dots(found, error),
      bound: { y: [eps] },
      allowed: { x: [0.5], y: [eps], text: ['allowed'] },
      none: { x: none, y: none.map(() => top / 3), text: none.map(() => 'no solution') },
    },
    marks: [
      { mark: 'rule-y', frame: 'bound', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured' },
      nameMark('allowed', { tone: 'bound', anchor: 'start', dy: -9 }),
      nameMark('none', { tone: 'violated' }),
    ],
  }
}

function badPanel(found: Found, { test }: BaumParams): Panel {
  const most = Math.max(0, ...kinds.flatMap((kind) => found[kind].map(({ bad }) => bad / test)))
  return {
    title: 'Region that spoils step 2',
    x: axis,
    y: { label: 'share of fresh points', domain: [0, Math.max(0.01, 1.15 * most)] },
    frames: { runs: dots(found, ({ bad }) => bad / test) },
    marks: [{ mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured' }],
  }
}
