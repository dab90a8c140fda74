import type { BaumStatus } from '@nonconvex/gaussian-theory/baum'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { curveFigure, type Curve } from './curve-figure.js'
import type { PictureMeasured } from './picture.js'
import { kinds, type baum, type Kind } from './experiment.js'
import { pictureFigure } from './picture-figure.js'

type Params = ParamsOf<typeof baum>

export interface RunMeasured {
  readonly status: BaumStatus
  /** points of the second sample that were used */
  readonly kept: number
  /** null without a hypothesis */
  readonly errors: number | null
  /** fresh points in the region that spoils step 2 */
  readonly bad: number
  /** of the witness against step 2, recomputed, in units of its largest feature vector */
  readonly residual: number | null
  /** examples in the witness */
  readonly support: number | null
}

/** The runs so far, by distribution. */
export type RunsByKind = { readonly [kind in Kind]: readonly RunMeasured[] }

/** What the figures show. */
interface Shown {
  readonly runs: RunsByKind
  readonly curves: readonly Curve[]
  readonly pictures: { readonly [kind in 'gaussian' | 'lifted']: PictureMeasured | undefined }
}

/** Each distribution, as a reader calls it. */
const names: { readonly [kind in Kind]: string } = {
  gaussian: 'Gaussian',
  laplace: 'Laplace',
  'lifted-symmetrised': 'lifted, random sign',
  exponential: 'exponential',
  shift: 'shifted Gaussian',
  lifted: 'lifted',
}

/**
 * What each distribution leads to; the error with more and more examples; and one run on the
 * sphere.
 */
export function baumFigures({ runs, curves, pictures }: Shown, params: Params): Figure[] {
  return [
    {
      id: 'baum',
      title: 'Symmetric inputs are learnt; inputs on one side of a plane are not',
      caption: `Each dot is a run with its own pair of half-spaces. Left: error on ${params.test} fresh points, where step 2 had a solution. Right: how many points lie in the region $u\\cdot x < 0$, $v\\cdot x < 0$, $w\\cdot x > 0$, whose labels no quadratic form fits. Lifted inputs have a last coordinate of 1, so all lie on one side of a plane; with a random sign they are symmetric again.`,
      panels: [errorPanel(runs, params), badPanel(runs, params)],
    },
    curveFigure(curves, params),
    pictureFigure(pictures),
  ]
}

/** The first distribution stands at the top. */
const place = (i: number): number => kinds.length - i

const axis = {
  label: '',
  domain: [0.4, kinds.length + 0.6],
  names: kinds.map((kind) => names[kind]).reverse(),
} as const

/** The line between the distributions that are symmetric, the first three, and the others. */
const border = place(3) + 0.5

/** One dot for each run, those of a distribution one below the other. */
function dots(found: RunsByKind, value: (run: RunMeasured) => number | null): Frame {
  const points = kinds.flatMap((kind, i) => {
    const runs = found[kind]
    return runs.map(
      (run, j) => [value(run), place(i) - 0.5 * ((j + 0.5) / runs.length - 0.5)] as const,
    )
  })
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) }
}

function errorPanel(found: RunsByKind, { test, eps }: Params): Panel {
  const error = ({ errors }: RunMeasured): number | null => (errors === null ? null : errors / test)
  const none = kinds.flatMap((kind, i) =>
    found[kind].length > 0 && found[kind].every(({ errors }) => errors === null) ? [place(i)] : [],
  )
  const values = kinds.flatMap((kind) => found[kind].map(error)).map((e) => e ?? 0)
  const top = 1.25 * Math.max(eps, ...values)
  return {
    title: 'Error',
    x: { label: 'share of fresh points', domain: [0, top] },
    y: axis,
    frames: {
      runs: dots(found, error),
      bound: { x: [eps] },
      border: { y: [border] },
      allowed: { x: [eps], y: [kinds.length + 0.3], text: ['allowed'] },
      none: {
        x: none.map(() => top / 2),
        y: none,
        text: none.map(() => 'step 2 has no solution'),
      },
    },
    marks: [
      { mark: 'rule-y', frame: 'border', y: 'y', tone: 'soft', dash: true },
      { mark: 'rule-x', frame: 'bound', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured' },
      nameMark('allowed', { tone: 'bound', anchor: 'end', dx: -6 }),
      nameMark('none', { tone: 'violated' }),
    ],
  }
}

function badPanel(found: RunsByKind, { test }: Params): Panel {
  const most = Math.max(0, ...kinds.flatMap((kind) => found[kind].map(({ bad }) => bad / test)))
  const edge = Math.max(0.01, 1.15 * most)
  return {
    title: 'Region that spoils step 2',
    x: { label: 'share of fresh points', domain: [0, edge] },
    y: axis,
    frames: {
      runs: dots(found, ({ bad }) => bad / test),
      border: { y: [border] },
      sides: {
        x: [edge / 2, edge / 2],
        y: [border + 0.25, border - 0.25],
        text: ['above: symmetric', 'below: not symmetric'],
      },
    },
    marks: [
      { mark: 'rule-y', frame: 'border', y: 'y', tone: 'soft', dash: true },
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured' },
      nameMark('sides', { tone: 'soft' }),
    ],
  }
}
