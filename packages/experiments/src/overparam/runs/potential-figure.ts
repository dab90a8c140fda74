import type { Figure } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { unpack } from '../../result/packed.js'
import type { NamedRun } from './facts.js'

/**
 * The proof as a picture: the alignment of a run between the line it may not fall below and the
 * norm it cannot exceed. Nothing for a run without potentials or updates.
 */
export function potentialFigure(run: NamedRun | undefined): readonly Figure[] {
  const { curve, setting: b, updates } = run?.measured ?? {}
  if (!run || !curve || !b || !updates) return []
  const t = Array.from(unpack(curve.t))
  const s = unpack(curve.s)
  const line = 2 * b.k * b.eta * b.v * b.alpha * b.gamma
  const lower = t.map((update) => b.startF + line * update)
  const cap = t.map((_, i) => b.wStarNorm * Math.sqrt(2 * b.k * s[i]))
  const end = t.length - 1
  const f = Array.from(unpack(curve.f))
  return [
    {
      id: 'potentials',
      title: 'The alignment lies between a linear lower bound and a square-root upper bound',
      caption: `One run (${run.name}). Each update increases the alignment $\\langle W, W^*\\rangle$ by at least a fixed amount (lower line), and $\\langle W, W^*\\rangle \\le \\|W^*\\|\\,\\|W\\|$, whose right side grows like a square root (upper curve). The two cross, so the number of updates is finite.`,
      panels: [
        {
          x: { label: 'updates' },
          y: { label: '⟨W, W*⟩, alignment with the separator' },
          frames: {
            run: { t, f },
            allowed: { t, lower, cap },
            last: { t: [t[end]], y: [f[end]], text: ['this run'] },
            over: { t: [t[end]], y: [cap[end]], text: ['‖W*‖ ‖W‖'] },
            under: { t: [t[end]], y: [lower[end]], text: ['lower line'] },
          },
          marks: [
            {
              mark: 'area',
              frame: 'allowed',
              x: 't',
              y1: 'lower',
              y2: 'cap',
              tone: 'bound',
              opacity: 0.08,
            },
            { mark: 'line', frame: 'allowed', x: 't', y: 'cap', tone: 'bound', width: 1.5 },
            { mark: 'line', frame: 'allowed', x: 't', y: 'lower', tone: 'bound', width: 1.5 },
            { mark: 'line', frame: 'run', x: 't', y: 'f', tone: 'measured', width: 2 },
            { mark: 'dot', frame: 'last', x: 't', y: 'y', tone: 'measured', radius: 4 },
            nameMark('over', { x: 't', tone: 'bound', anchor: 'start', dx: 8 }),
            nameMark('last', { x: 't', tone: 'measured', anchor: 'start', dx: 8, bold: true }),
            nameMark('under', { x: 't', tone: 'bound', anchor: 'start', dx: 8 }),
          ],
        },
      ],
    },
  ]
}
