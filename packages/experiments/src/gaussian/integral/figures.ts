import { kernelErrorBudget, zBound } from '@nonconvex/gaussian-theory'
import { norm2 } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { shown, type Found } from './conclude.js'
import type { IntegralParams } from './params.js'

/** Left: the mean against the angle. Right: what rounding leaves of it near the opposite vector. */
export function integralFigures(found: Found, params: IntegralParams): Figure[] {
  return [
    {
      id: 'integral',
      title: 'Two ReLUs on Gaussian inputs: only the angle counts',
      caption: `Left: mean of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ for unit vectors at angle $\\theta$: the closed form, and means of ${params.samples} samples with ${zBound} standard errors on both sides; a diamond at the pair of the table, divided by its lengths. Right: largest relative error of two ways to write the closed form, $\\varphi = \\pi - \\theta$ away from opposite vectors; dashed what the stable form is allowed.`,
      panels: [valuePanel(found, params), digitPanel(found)],
    },
  ]
}

function valuePanel({ angles, pair }: Found, { u, v }: IntegralParams): Panel {
  const given = pair ? [pair] : []
  const dots = shown(angles)
  const theta = dots.map((at) => at.theta)
  const place = angles.at(Math.floor(0.3 * angles.length))
  const middle = place ? [place] : []
  const last = dots.slice(Math.floor(0.55 * dots.length), Math.floor(0.55 * dots.length) + 1)
  return {
    title: 'Mean of the product',
    x: { label: 'θ, angle between u and v', domain: [0, Math.PI] },
    y: { label: 'mean / ‖u‖‖v‖', domain: [0, 0.55] },
    frames: {
      closed: { x: angles.map((at) => at.theta), y: angles.map((at) => at.closed) },
      samples: {
        x: theta,
        y: dots.map(({ mean }) => mean),
        low: dots.map(({ mean, error }) => Math.max(0, mean - zBound * error)),
        high: dots.map(({ mean, error }) => mean + zBound * error),
      },
      given: {
        x: given.map(({ theta }) => theta),
        y: given.map(({ closed }) => closed / norm2(u) / norm2(v)),
        text: given.map(() => 'u, v as given'),
      },
      closedName: {
        x: middle.map((at) => at.theta),
        y: middle.map((at) => at.closed),
        text: middle.map(() => 'closed form'),
      },
      samplesName: {
        x: last.map((at) => at.theta),
        y: last.map(({ mean }) => mean),
        text: last.map(() => 'samples'),
      },
    },
    marks: [
      { mark: 'line', frame: 'closed', x: 'x', y: 'y', tone: 'bound', width: 1.5 },
      { mark: 'interval', frame: 'samples', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'samples', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'given', x: 'x', y: 'y', tone: 'ink', symbol: 'diamond' },
      // the curve falls: there is room above it on the right
      nameMark('given', { anchor: 'start', dx: 9, dy: -11 }),
      nameMark('closedName', { tone: 'bound', anchor: 'start', dx: 10, dy: -8 }),
      nameMark('samplesName', { tone: 'measured', anchor: 'start', dx: 12, dy: -10 }),
    ],
  }
}

/** What is drawn for an error that is 0. */
const FLOOR = 1e-17

function digitPanel({ digits }: Found): Panel {
  const phi = digits.map((at) => at.phi)
  const line = (values: readonly number[]) => ({
    x: phi,
    y: values.map((error) => Math.max(FLOOR, error)),
  })
  const budget = line(phi.map(kernelErrorBudget))
  const stable = line(digits.map((at) => at.stable))
  const naive = line(digits.map((at) => at.naive))
  const name = (f: { x: number[]; y: number[] }, at: number, text: string) => ({
    x: f.x.slice(at, at + 1),
    y: f.y.slice(at, at + 1),
    text: f.x.slice(at, at + 1).map(() => text),
  })
  return {
    title: 'Relative error near opposite vectors',
    x: { label: 'φ, angle to the opposite vector', scale: 'log', domain: [5e-9, 0.2] },
    y: { label: 'relative error', scale: 'log' },
    frames: {
      budget,
      allowed: name(budget, 2, 'allowed'),
      stable,
      naive,
      one: { y: [1] },
      stableName: name(stable, 4, 'stable form'),
      naiveName: name(naive, 3, 'with arc cosine'),
      oneName: { x: [0.18], y: [1], text: ['no digit left'] },
    },
    marks: [
      { mark: 'rule-y', frame: 'one', y: 'y', tone: 'rule' },
      { mark: 'line', frame: 'budget', x: 'x', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'line', frame: 'naive', x: 'x', y: 'y', tone: 'violated' },
      { mark: 'dot', frame: 'naive', x: 'x', y: 'y', tone: 'violated', radius: 3 },
      { mark: 'line', frame: 'stable', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'stable', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('allowed', { tone: 'bound', dy: -12 }),
      nameMark('naiveName', { tone: 'violated', anchor: 'start', dx: 8, dy: -8 }),
      nameMark('stableName', { tone: 'measured', dy: 16 }),
      nameMark('oneName', { tone: 'soft', anchor: 'end', dy: -9 }),
    ],
  }
}
