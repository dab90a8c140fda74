import type { Figure } from '../../figure/figure.js'
import { band, beside, dots, line, panelOf, ruleY } from '../../figure/layers.js'

interface Graph {
  readonly elbo: number
  readonly logZ: number
  readonly upper: number
  readonly bethe: number
  readonly status: string
}

interface K4 {
  readonly J: number
  readonly residuals: readonly number[]
  readonly dampedResiduals: readonly number[]
}

export function inferenceFigures(graphs: readonly Graph[], k4: readonly K4[]): Figure[] {
  return [sandwich(graphs), residuals(k4)]
}

/** Both bounds and the Bethe value beside log Z, models by the width of the interval. */
function sandwich(graphs: readonly Graph[]): Figure {
  const sorted = [...graphs].sort((a, b) => a.upper - a.elbo - (b.upper - b.elbo))
  const settled = sorted.map((one, i) => ({ ...one, i: i + 1 }))
  return {
    id: 'sandwich',
    title: 'The true value lies between two computed bounds; the Bethe value is no bound',
    caption: `Lower bound (mean field) and upper bound (trees) of ${graphs.length} random models, minus the exact log Z from enumeration, by the width of the interval. Circles: the Bethe value where belief propagation converged, above or below 0. It is an estimate without a guarantee.`,
    panels: [
      panelOf(
        {
          x: { label: 'model, by width' },
          y: { label: 'bound − log Z' },
        },
        [
          band(
            'interval',
            settled,
            {
              x: ({ i }) => i,
              low: ({ elbo, logZ }) => elbo - logZ,
              high: ({ upper, logZ }) => upper - logZ,
            },
            { tone: 'bound', opacity: 0.3, key: 'from ELBO to tree bound' },
          ),
          ruleY('exact', [0], { tone: 'ink', width: 1.5, key: 'log Z, exact' }),
          dots(
            'bethe',
            settled.filter(({ status }) => status === 'converged' || status === 'exact'),
            { x: ({ i }) => i, y: ({ bethe, logZ }) => bethe - logZ },
            { tone: 'measured', filled: false, key: 'Bethe, converged' },
          ),
        ],
      ),
    ],
  }
}

/** Residuals on K4, plain and damped. */
function residuals(k4: readonly K4[]): Figure {
  const shown = k4.filter(({ J }) => J === -1 || J === -1.5)
  const rowsOf = (list: readonly number[]) =>
    list.flatMap((y, t) => (y > 0 ? [{ x: t + 1, y }] : []))
  const at = { x: ({ x }: { x: number }) => x, y: ({ y }: { y: number }) => y }
  return {
    id: 'residuals',
    title: 'Undamped messages oscillate where ρ exceeds 1; damping makes them converge',
    caption:
      'Residual of the messages by round on the complete graph of four nodes, J = −1 (ρ = 0.92) and J = −1.5 (ρ = 1.27). For J = −1.5 the undamped messages swing between two states for ever. That the damped ones converge does not make their beliefs exact.',
    panels: [
      panelOf(
        { x: { label: 'round' }, y: { label: 'residual', scale: 'log' } },
        shown.flatMap(({ J, residuals: plain, dampedResiduals }) => [
          line(`plain ${J}`, rowsOf(plain), at, {
            tone: J === -1 ? 'measured' : 'bound',
            end: { text: `J = ${J}`, ...beside(J === -1 ? 'measured' : 'bound', 6) },
          }),
          line(`damped ${J}`, rowsOf(dampedResiduals), at, {
            tone: J === -1 ? 'measured' : 'bound',
            dash: true,
            key: `J = ${J}, damping 0.5`,
          }),
        ]),
      ),
    ],
  }
}
