import { zBound } from '@nonconvex/gaussian-theory'
import { kernelErrorBudget, type KernelErrors } from '@nonconvex/gaussian-theory/integral'
import { norm2 } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import { bars, beside, dots, label, labels, line, panelOf, ruleY, xy } from '../../figure/layers.js'
import type { Params } from './experiment.js'

/** The mean at an angle by three methods, in units of ‖u‖‖v‖. */
export interface AngleMeasured {
  readonly theta: number
  readonly closed: number
  readonly quadrature: number
  readonly mean: number
  readonly error: number
}

/** The mean of the pair u, v by three methods, not divided by their norms. */
export interface PairMeasured extends AngleMeasured {
  readonly phi: number
}

interface Found {
  readonly angles: readonly AngleMeasured[]
  readonly digits: readonly KernelErrors[]
  readonly pair: PairMeasured | undefined
}

/** The angles shown in the table and the figure, about twenty of them. */
export function shown(angles: readonly AngleMeasured[]): AngleMeasured[] {
  const every = Math.max(1, Math.round(angles.length / 20))
  return angles.filter((_, i) => i % every === Math.floor(every / 2))
}

/** Left: the mean against the angle. Right: rounding errors near the opposite vector. */
export function integralFigure(found: Found, params: Params): Figure {
  return {
    id: 'integral',
    title: 'The expected product of two ReLUs, and the rounding errors of two forms',
    caption: `Left: mean of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ for unit vectors at angle $\\theta$: closed form, means of ${params.samples} samples with ${zBound} standard errors on both sides, and the given pair (diamond). Right: largest relative error of two forms at the angle $\\varphi = \\pi - \\theta$ from opposite vectors; dashed the error bound of the stable form.`,
    panels: [valuePanel(found, params), digitPanel(found)],
  }
}

function valuePanel({ angles, pair }: Found, { u, v }: Params): Panel {
  const some = shown(angles)
  const given = pair && { x: pair.theta, y: pair.closed / norm2(u) / norm2(v) }
  const at = { x: ({ theta }: AngleMeasured) => theta, y: ({ closed }: AngleMeasured) => closed }
  const mean = { x: at.x, y: (one: AngleMeasured) => one.mean }
  const onCurve = angles.at(Math.floor(0.3 * angles.length))
  const sample = some.at(Math.floor(0.55 * some.length))
  return panelOf(
    {
      title: 'Mean of the product',
      x: { label: 'θ, angle between u and v', domain: [0, Math.PI] },
      y: { label: 'mean / ‖u‖‖v‖', domain: [0, 0.55] },
    },
    [
      line('closed', angles, at, { tone: 'soft', width: 1.5 }),
      bars(
        'errors',
        some,
        {
          x: at.x,
          low: (one) => Math.max(0, one.mean - zBound * one.error),
          high: (one) => one.mean + zBound * one.error,
        },
        { tone: 'measured' },
      ),
      dots('samples', some, mean, { tone: 'measured' }),
      dots('given', given ? [given] : [], xy, { tone: 'ink', symbol: 'diamond' }),
      // the curve falls: there is room above it on the right
      label('givenName', 'u, v as given', given, { anchor: 'start', dx: 9, dy: -11 }),
      label(
        'closedName',
        'closed form',
        onCurve && { x: onCurve.theta, y: onCurve.closed },
        beside('soft', 10, -8),
      ),
      label(
        'samplesName',
        'samples',
        sample && { x: sample.theta, y: sample.mean },
        beside('measured', 12, -10),
      ),
    ],
  )
}

/** What is drawn for an error that is 0. */
const FLOOR = 1e-17

function digitPanel({ digits }: Found): Panel {
  const at = (error: (one: KernelErrors) => number) => ({
    x: ({ phi }: KernelErrors) => phi,
    y: (one: KernelErrors) => Math.max(FLOOR, error(one)),
  })
  const budget = at(({ phi }) => kernelErrorBudget(phi))
  const stable = at((one) => one.stable)
  const naive = at((one) => one.naive)
  return panelOf(
    {
      title: 'Relative error near opposite vectors',
      x: { label: 'φ, angle to the opposite vector', scale: 'log', domain: [5e-9, 0.2] },
      y: { label: 'relative error', scale: 'log' },
    },
    [
      ruleY('one', [1], { tone: 'rule' }),
      line('budget', digits, budget, { tone: 'bound', dash: true, width: 1.5 }),
      line('naive', digits, naive, { tone: 'violated', dots: { tone: 'violated', radius: 3 } }),
      line('stable', digits, stable, { tone: 'measured', dots: { tone: 'measured', radius: 3 } }),
      labels(
        'allowed',
        digits.slice(2, 3),
        { ...budget, text: () => 'error bound' },
        beside('bound', 6, -8),
      ),
      labels(
        'naiveName',
        digits.slice(3, 4),
        { ...naive, text: () => 'with arc cosine' },
        beside('violated', 8, -8),
      ),
      labels(
        'stableName',
        digits.slice(4, 5),
        { ...stable, text: () => 'stable form' },
        { tone: 'measured', dy: 16 },
      ),
      label('oneName', 'no digit left', [0.18, 1], { tone: 'soft', anchor: 'end', dy: -9 }),
    ],
  )
}
