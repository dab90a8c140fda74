import { coefficients, zBound, zScores } from '@nonconvex/gaussian-theory'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { finite, gradientComparison, lossComparison } from './conclude.js'
import type { NoOverlapParams } from './params.js'
import type { PointRow } from './point.js'

/** Left: how far samples are from the closed form. Right: curvatures, none above c. */
export function agreementFigure(rows: readonly PointRow[], params: NoOverlapParams): Figure {
  return {
    id: 'agreement',
    title: 'Samples agree with the closed form',
    caption: `Left: mean of ${params.samples} sampled inputs minus closed form, in standard errors, for the loss (large) and every entry of the gradient (small). Right: eigenvalues of the Hessian at the same points; none exceeds $c$.`,
    panels: [scores(rows, params), curvatures(rows, params)],
  }
}

const pointAxis = (params: NoOverlapParams) =>
  ({ label: 'point', domain: [0.5, params.points + 0.5] }) as const

function scores(rows: readonly PointRow[], params: NoOverlapParams): Panel {
  const loss = rows.map((row, i) => [
    place(row, i),
    finite(zScores(lossComparison(row.measured))[0]),
  ])
  const gradient = rows.flatMap((row, i) =>
    zScores(gradientComparison(row.measured)).map((z) => [place(row, i), finite(z)]),
  )
  const furthest = Math.max(0, ...[...loss, ...gradient].map(([, z]) => Math.abs(z ?? 0)))
  const limit = Math.max(5.5, 1.1 * furthest)
  const end = params.points + 0.5
  const last = loss.slice(-1)
  const entries = gradient.slice(-1)
  return {
    x: pointAxis(params),
    y: { label: 'samples − closed form, in standard errors', domain: [-limit, limit] },
    frames: {
      loss: frame(loss),
      gradient: frame(gradient),
      zero: { y: [0] },
      bound: { y: [-zBound, zBound] },
      label: { x: [end], y: [zBound], text: ['allowed'] },
      lossName: { ...frame(last), text: last.map(() => 'loss') },
      gradientName: { ...frame(entries), text: entries.map(() => 'gradient') },
    },
    marks: [
      { mark: 'rule-y', frame: 'zero', y: 'y', tone: 'rule' },
      { mark: 'rule-y', frame: 'bound', y: 'y', tone: 'bound', width: 1.5, dash: true },
      {
        mark: 'dot',
        frame: 'gradient',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 2,
        opacity: 0.6,
      },
      { mark: 'dot', frame: 'loss', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      name('lossName', true),
      name('gradientName', false),
      nameMark('label', { tone: 'bound', anchor: 'end', dy: -9 }),
    ],
  }
}

const name = (frame: string, bold: boolean): Mark =>
  nameMark(frame, { tone: 'measured', bold, anchor: 'start', dx: 8 })

function curvatures(rows: readonly PointRow[], params: NoOverlapParams): Panel {
  const { c } = coefficients(params.k)
  const points = rows.flatMap((row, i) =>
    row.measured.eigenvalues.map((value) => [place(row, i), value]),
  )
  const least = Math.min(0, ...points.map(([, value]) => value))
  return {
    x: pointAxis(params),
    y: { label: 'eigenvalues of the Hessian', domain: [1.1 * least, 1.15 * c] },
    frames: {
      points: frame(points),
      zero: { y: [0] },
      bound: { y: [c] },
      label: { x: [params.points + 0.5], y: [c], text: ['c, the largest allowed'] },
    },
    marks: [
      { mark: 'rule-y', frame: 'zero', y: 'y', tone: 'rule' },
      { mark: 'rule-y', frame: 'bound', y: 'y', tone: 'bound', width: 1.5, dash: true },
      { mark: 'dot', frame: 'points', x: 'x', y: 'y', tone: 'measured' },
      nameMark('label', { tone: 'bound', anchor: 'end', dy: -9 }),
    ],
  }
}

/** Number of the point, from its key 'point=3'; points are counted from 1 in the figure. */
function place(row: PointRow, index: number): number {
  const number = Number(row.key.slice('point='.length))
  return Number.isInteger(number) ? number + 1 : index + 1
}

function frame(points: readonly (readonly (number | null)[])[]): Frame {
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) }
}
