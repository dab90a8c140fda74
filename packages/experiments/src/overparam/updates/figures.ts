import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { NamedRun } from '../runs/facts.js'
import { drawn, widthPanel } from '../runs/width-panel.js'
import type { updates } from './experiment.js'

/** Updates and bounds against the width, and how loose the bounds are against the leak. */
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
  return [
    {
      id: 'width-and-leak',
      title:
        'The bound is independent of the width; counting slopes makes it far smaller for small α',
      caption: `Left: updates until the loss is exactly 0 (dots: runs; line: mean) and the bounds, against the number of hidden units.${zero} Right: ratio of the bounds to the updates, at $k = 10$: the published one scales like $1/\\alpha^2$, the one with slopes $(1+\\alpha)^2/(4\\alpha)$.`,
      panels: [
        widthPanel(wide),
        ...(leaks.some((run) => run.measured.bounds && run.measured.updates > 0)
          ? [leakPanel(leaks)]
          : []),
      ],
    },
  ]
}

/**
 * How many times too large the bounds are, against the leak: the largest ratio over the data sets,
 * and each run.
 */
function leakPanel(runs: readonly NamedRun[]): Panel {
  const bounded = runs.filter((run) => run.measured.bounds && run.measured.updates > 0)
  const alphas = [...new Set(bounded.map((run) => run.measured.alpha))].sort((a, b) => a - b)
  const ratio = (run: NamedRun, bound: (typeof drawn)[number]['bound']): number =>
    (run.measured.bounds?.[bound] ?? 0) / run.measured.updates
  const worst = (bound: (typeof drawn)[number]['bound']): number[] =>
    alphas.map((alpha) =>
      Math.max(
        ...bounded.filter((run) => run.measured.alpha === alpha).map((run) => ratio(run, bound)),
      ),
    )
  const lines = Object.fromEntries(drawn.map(({ bound }) => [bound, worst(bound)]))
  // the upper line is named at its start, the lower one below its middle: both fall to the right
  const at = (i: number): number => (i === 0 ? 0 : Math.floor((alphas.length - 1) / 2))
  return {
    title: 'Looseness against α',
    x: { label: 'leaky ReLU slope α', scale: 'log' },
    y: { label: 'largest bound / updates', scale: 'log' },
    frames: {
      lines: { alpha: alphas, ...lines },
      ...Object.fromEntries(
        drawn.map(({ bound, label }, i) => [
          bound,
          {
            alpha: alphas.slice(at(i), at(i) + 1),
            y: lines[bound].slice(at(i), at(i) + 1),
            text: alphas.length > 0 ? [label] : [],
          },
        ]),
      ),
    },
    marks: drawn.flatMap(({ bound }, i): Mark[] => [
      {
        mark: 'line',
        frame: 'lines',
        x: 'alpha',
        y: bound,
        tone: 'bound',
        width: 1.5,
        dash: i === 0,
      },
      {
        mark: 'dot',
        frame: 'lines',
        x: 'alpha',
        y: bound,
        tone: 'bound',
        filled: i > 0,
        radius: 3.5,
      },
      nameMark(bound, {
        x: 'alpha',
        tone: 'bound',
        ...(i > 0 && alphas.length > 2
          ? { anchor: 'end', dx: -8, dy: 10 }
          : { anchor: 'start', dx: 10, dy: -8 }),
      }),
    ]),
  }
}
