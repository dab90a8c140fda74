import { groupsBy } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { label, line, panelOf } from '../../figure/layers.js'
import type { NamedRun } from '../runs/facts.js'
import { drawn, widthPanel } from '../runs/width-panel.js'
import type { updates } from './experiment.js'

/**
 * Updates and bounds against the width, and the looseness of the bounds against the leaky ReLU
 * slope.
 */
export function widthFigure(
  wide: readonly NamedRun[],
  leaks: readonly NamedRun[],
  p: ParamsOf<typeof updates>,
): readonly Figure[] {
  if (!wide.some((run) => run.measured.updates > 0)) return []
  const zero =
    p.start === 'zero'
      ? ' For $W_0 = 0$ all units of a sign stay identical, so every width is a network of two units.'
      : ''
  const bounded = leaks.filter((run) => run.measured.bounds && run.measured.updates > 0)
  return [
    {
      id: 'width-and-leak',
      title:
        'The bound is independent of the width; counting slopes makes it far smaller for small α',
      caption: `Left: updates until the loss is exactly 0 (dots: runs; line: mean) and the bounds, against the number of hidden units.${zero} Right: ratio of the bounds to the updates, at $k = 10$: the published one scales like $1/\\alpha^2$, the one with slopes $(1+\\alpha)^2/(4\\alpha)$.`,
      panels: [widthPanel(wide), ...(bounded.length > 0 ? [leakPanel(bounded)] : [])],
    },
  ]
}

/**
 * How many times too large the bounds are, against the leak: the largest ratio over the data sets.
 */
function leakPanel(runs: readonly NamedRun[]): Panel {
  const alphas = groupsBy(runs, (run) => run.measured.alpha)
  return panelOf(
    {
      title: 'Looseness against α',
      x: { label: 'leaky ReLU slope α', scale: 'log' },
      y: { label: 'largest bound / updates', scale: 'log' },
    },
    drawn.flatMap(({ bound, label: text }, i) => {
      const points = alphas.map(({ at, rows }) => ({
        at,
        worst: Math.max(...rows.map(({ measured: m }) => (m.bounds?.[bound] ?? 0) / m.updates)),
      }))
      // the upper line is named at its start, the lower one below its middle: both fall to the right
      const named = points[i === 0 ? 0 : Math.floor((points.length - 1) / 2)]
      return [
        line(
          `${bound} ratio`,
          points,
          { x: ({ at }) => at, y: ({ worst }) => worst },
          { tone: 'bound', width: 1.5, dash: i === 0, dots: { filled: i > 0, radius: 3.5 } },
        ),
        label(bound, text, [named.at, named.worst], {
          tone: 'bound',
          ...(i > 0 && points.length > 2
            ? { anchor: 'end', dx: -8, dy: 10 }
            : { anchor: 'start', dx: 10, dy: -8 }),
        }),
      ]
    }),
  )
}
