import { mean } from '../../averages.js'
import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Sweep } from './experiment.js'
import type { NetMeasured, SweptNet } from './nets.js'

interface Drawn {
  readonly name: string
  readonly of: (m: NetMeasured) => number | null
  readonly tone: 'measured' | 'bound' | 'soft'
  readonly dash?: boolean
  readonly dy?: number
}

const axes = {
  start: { label: 'scale r of the initialization', title: 'the scale of the initialization' },
  width: { label: 'width k (hidden units of each sign)', title: 'the width' },
  leak: { label: 'leaky ReLU slope α', title: 'the leaky ReLU slope' },
} as const

/** How linear, of which rank, with which errors: against what a sweep varies. */
export function sweepFigure(nets: readonly SweptNet[], sweep: Sweep): readonly Figure[] {
  const own = nets.filter((net) => net.sweep === sweep)
  if (own.length === 0) return []
  const panel = (look: Pick<Panel, 'title' | 'y'>, drawn: readonly Drawn[]): Panel =>
    measurePanel(own, { ...look, x: axes[sweep].label }, drawn)
  return [
    {
      id: sweep,
      title: `What SGD learns, against ${axes[sweep].title}`,
      caption:
        'Means over data sets; dots are runs. Left: fraction of the energy of the test outputs explained by the nearest linear function, and agreement of the activation patterns of a sign (½ is chance). Middle: effective rank of $W_t - W_0$; a change of rank 1 would fit. Right: test error of the network, of the nearest linear function, and of the max-margin separator.',
      panels: [
        panel({ title: 'How linear', y: { label: 'fraction', domain: [0.4, 1.02] } }, [
          { name: 'r²', of: (m) => m.test.r2, tone: 'measured' },
          { name: 'patterns agree', of: (m) => m.test.agree, tone: 'soft' },
        ]),
        panel({ title: 'Effective rank', y: { label: 'effective rank of W − W₀' } }, [
          { name: 'SGD', of: (m) => m.change.effrank, tone: 'measured' },
          { name: 'rank 1 fits', of: () => 1, tone: 'bound' },
        ]),
        panel({ title: 'Test error', y: { label: 'test error, %' } }, [
          { name: 'network', of: (m) => 100 * m.error, tone: 'measured', dy: -5 },
          { name: 'nearest linear', of: (m) => 100 * m.ruleError, tone: 'soft', dy: 6 },
          {
            name: 'max-margin separator',
            tone: 'soft',
            dash: true,
            of: (m) => (m.marginError === null ? null : 100 * m.marginError),
          },
        ]),
      ],
    },
  ]
}

function measurePanel(
  nets: readonly SweptNet[],
  look: Pick<Panel, 'title' | 'y'> & { readonly x: string },
  drawn: readonly Drawn[],
): Panel {
  const places = [...new Set(nets.map(({ at }) => at))].sort((a, b) => a - b)
  const meanOf = (of: Drawn['of'], at: number): number | null => {
    const values = nets.filter((net) => net.at === at).map(({ measured }) => of(measured))
    return values.includes(null) ? null : mean(values.map(Number))
  }
  const means = drawn.map(({ of }) => places.map((at) => meanOf(of, at)))
  const end = places.length - 1
  return {
    ...(look.title !== undefined && { title: look.title }),
    x: { label: look.x, scale: 'log' },
    y: look.y,
    frames: {
      means: { x: places, ...Object.fromEntries(means.map((y, i) => [`y${i}`, y])) },
      runs: {
        x: nets.map(({ at }) => at),
        y: nets.map(({ measured }) => drawn[0].of(measured)),
      },
      ...Object.fromEntries(
        drawn.map(({ name }, i) => [
          `name${i}`,
          { x: [places[end]], y: [means[i][end]], text: [name] },
        ]),
      ),
    },
    marks: [
      ...drawn.map(({ tone, dash = false }, i): Mark => ({
        mark: 'line',
        frame: 'means',
        x: 'x',
        y: `y${i}`,
        tone,
        dash,
        width: tone === 'measured' ? 2 : 1.5,
      })),
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured' },
      ...drawn.map(({ tone, dy = 0 }, i) =>
        nameMark(`name${i}`, {
          tone,
          dy,
          anchor: 'start',
          dx: 8,
          bold: tone === 'measured',
        }),
      ),
    ],
  }
}

/** Test error against rank and against trace norm: the runs of all sweeps. */
export function orderFigure(nets: readonly SweptNet[]): readonly Figure[] {
  if (nets.length === 0) return []
  const symbols = { start: 'circle', width: 'square', leak: 'triangle' } as const
  const kinds = ['start', 'width', 'leak'] as const
  const named = { start: 'initialization varied', width: 'width varied', leak: 'α varied' } as const
  const panel = (title: string, label: string, of: (m: NetMeasured) => number): Panel => ({
    title,
    x: { label },
    y: { label: 'test error, %' },
    frames: Object.fromEntries(
      kinds.map((sweep) => {
        const own = nets.filter((net) => net.sweep === sweep)
        return [
          sweep,
          {
            x: own.map(({ measured }) => of(measured)),
            y: own.map(({ measured }) => 100 * measured.error),
          },
        ]
      }),
    ),
    marks: kinds.map((sweep): Mark => ({
      mark: 'dot',
      frame: sweep,
      x: 'x',
      y: 'y',
      tone: 'measured',
      opacity: 0.7,
      symbol: symbols[sweep],
      radius: sweep === 'start' ? 3.5 : 4,
      filled: sweep !== 'leak',
      key: named[sweep],
    })),
  })
  return [
    {
      id: 'order',
      title: 'Rank or trace norm? Test errors against both',
      caption:
        'Every run is a point. The table of orders shows how often a smaller number goes with a smaller error on the same data; no claim is made.',
      panels: [
        panel('Rank', 'effective rank of W − W₀', ({ change }) => change.effrank),
        panel('Trace norm', 'trace norm of W − W₀', ({ change }) => change.nuclear),
      ],
    },
  ]
}
