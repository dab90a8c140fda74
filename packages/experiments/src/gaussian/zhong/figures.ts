import { activationSlopes, zhongConstants } from '@nonconvex/gaussian-theory/zhong'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { power } from '@nonconvex/tensor'
import type { Figure } from '../../figure/figure.js'
import { curve, dots, line, panelOf } from '../../figure/layers.js'
import { dotStyle, lineStyle } from '../line-styles.js'
import type { Params } from './experiment.js'
import type { measureBasin, measureRate, measureTeachers } from './measure.js'

type Teachers = ReturnType<typeof measureTeachers>

/** The curvature at teachers against their condition, with the bound. */
export function curvatureFigure(rows: readonly Teachers[], { activation }: Params): Figure {
  const all = rows.flatMap(({ random }) => random)
  const largest = Math.max(10, ...all.map(({ conditioning }) => conditioning))
  const at = {
    x: ({ conditioning }: { readonly conditioning: number }) => conditioning,
    y: ({ smallest, rho }: { readonly smallest: number; readonly rho: number }) => smallest / rho,
  }
  return {
    id: 'curvature',
    title:
      'The curvature at every teacher is above its bound, and equal to it at an orthonormal one',
    caption: `Smallest eigenvalue of the Hessian at random ${activation === 'relu' ? 'ReLU' : activation} teachers, divided by $\\rho(\\sigma_k)$, against $\\kappa^2\\lambda$. The theorem allows nothing below the line. Star: an orthonormal ReLU teacher, at which it is attained.`,
    panels: [
      panelOf(
        {
          x: { label: 'κ²λ, condition of the teacher', scale: 'log' },
          y: { label: 'smallest eigenvalue / ρ', scale: 'log' },
        },
        [
          curve('bound', (x) => 1 / x, [1, largest, 2, 'log'], { tone: 'bound', key: '1/(κ²λ)' }),
          dots('random', all, at, { tone: 'measured', radius: 3, key: 'random teachers' }),
          dots(
            'orthonormal',
            rows.flatMap(({ orthonormal }) => orthonormal.slice(0, 1)),
            at,
            { tone: 'measured', symbol: 'star', radius: 7, key: 'orthonormal teacher' },
          ),
        ],
      ),
    ],
  }
}

/** The error over the steps, and where runs end from each distance. */
export function basinFigure(
  rates: readonly ReturnType<typeof measureRate>[],
  basin: readonly (ReturnType<typeof measureBasin> & { readonly distance: number })[],
  { runs, eta, k, basinSize }: Params,
): Figure {
  const shares = [
    { key: 'at the teacher or a permutation', of: (end: (typeof basin)[0]) => end.global },
    { key: 'at the teacher', of: (end: (typeof basin)[0]) => end.same },
  ].map(({ key, of }, i) =>
    line(
      key,
      basin,
      {
        x: ({ distance }) => distance,
        y: (end) => of(end) / runs,
        low: (end) => wilsonInterval(of(end), runs).low,
        high: (end) => wilsonInterval(of(end), runs).high,
      },
      { ...lineStyle(i), tone: 'measured', dots: { ...dotStyle(i), key } },
    ),
  )
  return {
    id: 'basin',
    title: 'Near the teacher gradient descent converges linearly, and the basin is wide',
    caption: `Left: error against the steps with η = ${eta}, k = ${k}; gray: slope of $1-\\eta\\rho$. Right: fraction of ${runs} runs that end at the teacher, k = ${basinSize}, against the distance of the initialization, with Wilson's 95 % intervals.`,
    panels: [
      panelOf(
        { x: { label: 'steps' }, y: { label: '‖W − W*‖ / ‖W*‖', scale: 'log' } },
        rates.flatMap(({ errors, rho }) => [
          line(
            'error',
            errors,
            { x: (_, t) => t, y: (e) => e },
            { tone: 'measured', key: 'error' },
          ),
          curve(
            'predicted',
            (t) => (errors.at(-1) ?? 0) * power(1 - eta * rho, t - (errors.length - 1)),
            [0, errors.length - 1, 2],
            { tone: 'soft', dash: true, key: '(1 − ηρ)ᵗ' },
          ),
        ]),
      ),
      panelOf(
        {
          x: { label: 'ε, distance ‖W⁰ − W*‖ / ‖W*‖' },
          y: { label: 'fraction of runs', domain: [0, 1.05] },
        },
        shares,
      ),
    ],
  }
}

/** ρ of some activations against the scale. */
export function rhoFigure(): Figure {
  const names = Object.keys(activationSlopes) as (keyof typeof activationSlopes)[]
  return {
    id: 'rho',
    title: 'Bounded activations lose their curvature for small and for large weights',
    caption:
      'The constant $\\rho(\\sigma)$ of local strong convexity for some activations; erf is erf(z), leaky has the slope 0.01 below 0.',
    panels: [
      panelOf(
        {
          x: { label: 'σ, smallest singular value of W*', scale: 'log' },
          y: { label: 'ρ(σ)', scale: 'log' },
        },
        names.map((name, i) =>
          curve(
            name,
            (sigma) => zhongConstants(activationSlopes[name], sigma).rho,
            [0.1, 10, 25, 'log'],
            {
              ...lineStyle(i),
              end: { text: name, anchor: 'start', dx: 6 },
            },
          ),
        ),
      ),
    ],
  }
}
