import type { SgdStatus } from '@nonconvex/overparam'
import type { BiasFacts, PointLinearity, Spectrum } from '@nonconvex/overparam/inductive-bias'
import { groupsBy, meanOfAll } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, line, panelOf } from '../../figure/layers.js'
import type { Sweep } from './experiment.js'

/** A trained network, as a function and as a matrix. */
export type NetMeasured = {
  readonly kind: 'net'
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly separable: boolean
  /** on new examples */
  readonly test: PointLinearity
  readonly trainR2: number
  /** of W_t − W_0, and of W_t */
  readonly change: Spectrum
  readonly weights: Spectrum
  readonly opposed: number
  /** least y N(x) on the training examples */
  readonly least: number
  /**
   * trace norm of the smallest rank-1 change of W_0 along the max-margin separator that reaches
   * `least`; null without a separator
   */
  readonly rankOne: number | null
  /**
   * largest margin of a unit vector on the training examples, and their radius; null if not
   * separable
   */
  readonly margin: number | null
  readonly radius: number
  /**
   * test errors of the network, of the linear function nearest to it, and of the max-margin
   * separator
   */
  readonly error: number
  readonly ruleError: number
  readonly marginError: number | null
  /**
   * fraction of test examples on which the network and that separator differ, and its cosine with the
   * nearest function
   */
  readonly marginDisagree: number | null
  readonly marginCosine: number | null
}

/** A run with its name in statements. */
export interface NamedNet {
  readonly name: string
  readonly alpha: number
  readonly k: number
  readonly measured: NetMeasured
}

/** The facts of the run for the claims. */
export const factsOf = ({ measured, ...named }: NamedNet): BiasFacts => ({ ...measured, ...named })

/** A run of a sweep. */
export interface SweptNet extends NamedNet {
  readonly sweep: Sweep
  readonly seed: number
  /** the number that the sweep varies */
  readonly at: number
}

interface Drawn {
  readonly name: string
  readonly of: (m: NetMeasured) => number | null
  readonly tone: 'measured' | 'soft'
  readonly dash?: boolean
  readonly dy?: number
}

const axes = {
  start: { label: 'scale r of the initialization', title: 'the scale of the initialization' },
  width: { label: 'width k (hidden units of each sign)', title: 'the width' },
  leak: { label: 'leaky ReLU slope α', title: 'the leaky ReLU slope' },
} as const

/** Linearity, rank and errors against the parameter of a sweep. */
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
        panel({ title: 'Linearity', y: { label: 'fraction', domain: [0.4, 1.02] } }, [
          { name: 'r²', of: (m) => m.test.r2, tone: 'measured' },
          { name: 'agreement of patterns', of: (m) => m.test.agree, tone: 'soft' },
        ]),
        panel({ title: 'Effective rank', y: { label: 'effective rank of W − W₀' } }, [
          { name: 'SGD', of: (m) => m.change.effrank, tone: 'measured' },
          { name: 'rank 1 fits', of: () => 1, tone: 'soft', dash: true },
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
  frame: Pick<Panel, 'title' | 'y'> & { readonly x: string },
  drawn: readonly Drawn[],
): Panel {
  const places = groupsBy(nets, ({ at }) => at)
  return panelOf({ ...frame, x: { label: frame.x, scale: 'log' } }, [
    ...drawn.map(({ name, of, tone, dash = false, dy = 0 }) =>
      line(
        name,
        places,
        { x: ({ at }) => at, y: ({ rows }) => meanOfAll(rows.map(({ measured }) => of(measured))) },
        {
          tone,
          dash,
          width: tone === 'measured' ? 2 : 1.5,
          end: { text: name, dy, anchor: 'start', dx: 8, bold: tone === 'measured' },
        },
      ),
    ),
    dots(
      'runs',
      nets,
      { x: ({ at }) => at, y: ({ measured }) => drawn[0].of(measured) },
      { tone: 'measured' },
    ),
  ])
}
