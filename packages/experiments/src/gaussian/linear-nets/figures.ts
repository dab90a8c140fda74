import { saxeMode } from '@nonconvex/gaussian-theory/linear-nets'
import type { Figure } from '../../figure/figure.js'
import { curve, dots, line, panelOf, ruleX, ruleY } from '../../figure/layers.js'
import { dotStyle, inOrder, lineStyle } from '../line-styles.js'
import type { Params } from './experiment.js'
import type { measureModes, measureResidual, measureSaddles } from './measure.js'

type Saddles = ReturnType<typeof measureSaddles>
type Modes = ReturnType<typeof measureModes>
type Residual = ReturnType<typeof measureResidual>

/** Critical points by their loss and the smallest eigenvalue of the Hessian. */
export function saddleFigure(rows: readonly Saddles[], params: Params): Figure {
  const at = {
    x: ({ curvature }: { readonly curvature: number }) => curvature,
    y: ({ loss }: { readonly loss: number }) => loss,
  }
  return {
    id: 'saddles',
    title: 'Only the lowest of the critical losses has no direction of descent',
    caption: `Critical points of a two-layer linear network of width ${params.p}: loss against the smallest eigenvalue of the Hessian. Gray lines: the losses $L_J$ of all sets $J$ of at most ${params.p} eigenvectors. Dots: found from random weights by a descent on $\\lVert\\nabla L\\rVert^2$ and Newton's method. Circles: in closed form.`,
    panels: [
      panelOf({ x: { label: 'smallest eigenvalue of the Hessian' }, y: { label: 'loss' } }, [
        ruleY(
          'values',
          rows.flatMap(({ values }) => values.map(({ loss }) => loss)),
          { tone: 'soft', opacity: 0.6, key: 'critical losses' },
        ),
        ruleX('zero', [0], { tone: 'soft', dash: true }),
        dots(
          'constructed',
          rows.flatMap(({ constructed }) => constructed),
          at,
          {
            tone: 'soft',
            filled: false,
            radius: 6,
            key: 'in closed form',
          },
        ),
        dots(
          'found',
          rows.flatMap(({ found }) => found),
          at,
          {
            tone: 'measured',
            radius: 3,
            key: 'found from random weights',
          },
        ),
      ]),
    ],
  }
}

/** The strength of each mode over time, and the loss. */
export function modeFigure(rows: readonly Modes[], params: Params): Figure {
  const aligned = rows.find((row) => row.aligned)
  const modes = aligned?.modes ?? []
  const end = aligned?.curve.at(-1)?.time ?? 1
  const learned = modes.map((_, i) =>
    dots(
      `u${i}`,
      aligned?.curve ?? [],
      { x: ({ time }) => time, y: ({ u }) => u[i] },
      { ...dotStyle(0), tone: 'measured', radius: 2, ...(i === 0 && { key: 'gradient descent' }) },
    ),
  )
  const formulas = modes.map(({ s }, i) =>
    curve(`formula${i}`, (t) => saxeMode(s, params.u0, t), [0, end, 200], {
      tone: 'soft',
      width: 4,
      opacity: 0.5,
      ...(i === 0 && { key: 'closed form' }),
      end: { text: `σ = ${s}`, anchor: 'start', dx: 6 },
    }),
  )
  const losses = rows.map(({ aligned, curve: points }, i) =>
    line(
      aligned ? 'aligned' : 'random',
      points,
      { x: ({ time }) => time, y: ({ loss }) => loss },
      { ...lineStyle(i), key: aligned ? 'aligned initialization' : 'random initialization' },
    ),
  )
  return {
    id: 'modes',
    title: 'Singular values are learned one after the other, the largest first',
    caption: `Two layers that learn the singular values σ from strength ${params.u0}. Left: strength of each mode under gradient descent (dots) and in closed form. Right: the loss falls in steps, for a random initialization of the same size too.`,
    panels: [
      panelOf({ x: { label: 'time, steps × η' }, y: { label: 'strength' } }, [
        ...formulas,
        ...learned,
      ]),
      panelOf({ x: { label: 'time, steps × η' }, y: { label: 'loss', scale: 'log' } }, losses),
    ],
  }
}

/** How far the gradient of residual networks is above its bound. */
export function residualFigure(
  rows: readonly { readonly l: number; readonly measured: Residual }[],
): Figure {
  const paths = rows.map(({ l, measured }, i) =>
    line(
      `l=${l}`,
      measured.path,
      { x: ({ tau }) => tau, y: ({ gradient, bound }) => (bound > 0 ? gradient / bound : null) },
      {
        ...inOrder(i, rows.length),
        dots: { radius: 2 },
        end: { text: `l = ${l}`, anchor: 'start', dx: 6 },
      },
    ),
  )
  return {
    id: 'residual',
    title: 'Near the identity the gradient of a residual network bounds its loss',
    caption:
      'Gradient descent from $A = 0$: $\\lVert\\nabla f\\rVert^2$ divided by its bound $4l(1-\\tau)^{2l-2}\\sigma_{\\min}f$, against the largest norm τ of a layer. The theorem allows no value below 1. Stars: networks that attain it.',
    panels: [
      panelOf({ x: { label: 'τ, largest ‖Aᵢ‖' }, y: { label: '‖∇f‖² / bound', scale: 'log' } }, [
        ruleY('bound', [1], { tone: 'bound', key: 'bound' }),
        ...paths,
        dots(
          'attained',
          rows.flatMap(({ measured }) => measured.attained),
          { x: ({ tau }) => tau, y: ({ gradient, bound }) => gradient / bound },
          { tone: 'measured', symbol: 'star', radius: 6, key: 'attained' },
        ),
      ]),
    ],
  }
}
