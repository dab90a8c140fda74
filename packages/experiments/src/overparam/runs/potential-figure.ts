import type { Figure } from '../../figure/figure.js'
import { band, dots, line, panelOf } from '../../figure/layers.js'
import { powerOfTen } from '../../figure/ticks.js'
import { unpack } from '../../result/packed.js'
import type { NamedRun } from './facts.js'

/**
 * The proof as a figure: the alignment along a run between its linear lower bound and its
 * square-root upper bound. Empty for a run without potentials or updates.
 */
export function potentialFigure(run: NamedRun | undefined): readonly Figure[] {
  const { curve, setting: b, updates } = run?.measured ?? {}
  if (!run || !curve || !b || !updates) return []
  const [f, s] = [unpack(curve.f), unpack(curve.s)]
  const slope = 2 * b.k * b.eta * b.v * b.alpha * b.gamma
  const points = Array.from(unpack(curve.t), (t, i) => ({
    t,
    f: f[i],
    low: b.startF + slope * t,
    high: b.wStarNorm * Math.sqrt(2 * b.k * s[i]),
  }))
  const most = Math.max(...points.map(({ high }) => high))
  // of the axis: its labels stay short
  const decade = most >= 1000 ? Math.floor(Math.log10(most)) : 0
  const unit = Number(`1e${decade}`)
  type Of = (point: (typeof points)[number]) => number
  const x: Of = ({ t }) => t
  const low: Of = (point) => point.low / unit
  const high: Of = (point) => point.high / unit
  const made: Of = (point) => point.f / unit
  const end = { anchor: 'start', dx: 8 } as const
  return [
    {
      id: 'potentials',
      title: 'The alignment lies between a linear lower bound and a square-root upper bound',
      caption: `One run (${run.name}). Each update increases the alignment $\\langle W, W^*\\rangle$ by at least a fixed amount (lower line), and $\\langle W, W^*\\rangle \\le \\|W^*\\|\\,\\|W\\|$, whose right side grows like a square root (upper curve). The two cross, so the number of updates is finite.`,
      panels: [
        panelOf(
          {
            x: { label: 'updates' },
            y: {
              label: `⟨W, W*⟩${decade > 0 ? ` / ${powerOfTen(decade)}` : ''}, alignment with the separator`,
              domain: [0, (1.05 * most) / unit],
            },
          },
          [
            band('allowed', points, { x, low, high }, { tone: 'bound', opacity: 0.08 }),
            line(
              'upper',
              points,
              { x, y: high },
              { tone: 'bound', width: 1.5, end: { ...end, text: '‖W*‖ ‖W‖' } },
            ),
            line(
              'lower',
              points,
              { x, y: low },
              { tone: 'bound', width: 1.5, end: { ...end, text: 'lower line' } },
            ),
            line(
              'run',
              points,
              { x, y: made },
              { tone: 'measured', width: 2, end: { ...end, text: 'this run', bold: true } },
            ),
            dots('last', points.slice(-1), { x, y: made }, { tone: 'measured', radius: 4 }),
          ],
        ),
      ],
    },
  ]
}
