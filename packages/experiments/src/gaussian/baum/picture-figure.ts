import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import { axesAt, dot } from './picture.js'
import type { PictureMeasured, PlacedPoint } from './picture.js'

/** One run that learns and one that cannot, on the half of the sphere that step 1 keeps. */
export function pictureFigure({ pictures }: Found): Figure {
  return {
    id: 'sphere',
    title: 'What step 2 sees: labels that a quadratic form fits, and labels that none fits',
    caption:
      'The half $w\\cdot x > 0$ of the unit sphere, seen from $w$, with examples of step 2 that lie in it: blue positive, gray negative. Dashed: the true planes $u\\cdot x = 0$ and $v\\cdot x = 0$; green: the form that was found. Its sign is that of $(u\\cdot x)(v\\cdot x)$, which is wrong where both are negative. On Gaussian inputs, left, step 1 turns that region away; on lifted ones, right, it stays (red), and the examples marked by triangles prove that no form fits.',
    panels: [
      picturePanel('Gaussian inputs', pictures.gaussian),
      picturePanel('Lifted inputs', pictures.lifted),
    ],
  }
}

const EDGE = 1.12

const outcome = (picture: PictureMeasured): string =>
  picture.status === 'learnt'
    ? 'learnt'
    : picture.status === 'step2-infeasible'
      ? 'no form fits'
      : picture.status

function picturePanel(name: string, picture: PictureMeasured | undefined): Panel {
  const axes = {
    x: { label: 'from v to u', domain: [-EDGE, EDGE] },
    y: { label: 'across', domain: [-EDGE, EDGE] },
    square: true,
  } as const
  if (!picture?.w) return { title: name, ...axes, frames: {}, marks: [] }
  const { u, v, w, q, points } = picture
  const [right, up] = axesAt(w, picture)
  const isBad = ({ x, y }: PlacedPoint): boolean => {
    const along = Math.sqrt(Math.max(0, 1 - x * x - y * y))
    const at = w.map((e, t) => x * right[t] + y * up[t] + along * e)
    return dot(u, at) < 0 && dot(v, at) < 0
  }
  const bad = points.filter((point) => !point.witness && isBad(point))
  const plain = points.filter((point) => !point.witness && !isBad(point))
  const positive = plain.filter(({ label }) => label === 1)
  const sides = [u, v].map((side) => planeCurve(side, w, right, up))
  const form = q ? formCurves(q, w, right, up) : none
  return {
    title: `${name}: ${outcome(picture)}`,
    ...axes,
    frames: {
      rim: { x: turns.map(Math.cos), y: turns.map(Math.sin) },
      negative: places(plain.filter(({ label }) => label === -1)),
      positive: places(positive),
      bad: places(bad),
      witness: places(points.filter((point) => point.witness)),
      u: sides[0],
      v: sides[1],
      form,
      rimName: { x: [Math.SQRT1_2], y: [-Math.SQRT1_2], text: ['w·x = 0'] },
      uName: middleName(sides[0], 'u·x = 0', 0.85),
      vName: middleName(sides[1], 'v·x = 0', 0.15),
      positiveName: centreName(positive, 'positive'),
      formName: middleName(form, 'found', 0.1),
      badName: centreName(bad, 'both negative'),
    },
    marks: [
      { mark: 'line', frame: 'rim', x: 'x', y: 'y', tone: 'rule', width: 2 },
      { mark: 'dot', frame: 'negative', x: 'x', y: 'y', tone: 'soft', opacity: 0.6, radius: 2 },
      { mark: 'dot', frame: 'positive', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'bad', x: 'x', y: 'y', tone: 'violated' },
      { mark: 'line', frame: 'form', x: 'x', y: 'y', group: 'group', tone: 'holds', width: 2 },
      { mark: 'line', frame: 'u', x: 'x', y: 'y', tone: 'ink', dash: true, width: 1.25 },
      { mark: 'line', frame: 'v', x: 'x', y: 'y', tone: 'ink', dash: true, width: 1.25 },
      { mark: 'dot', frame: 'witness', x: 'x', y: 'y', tone: 'ink', symbol: 'triangle' },
      nameMark('rimName', { tone: 'soft', anchor: 'start', dx: 6, dy: 8 }),
      nameMark('formName', { tone: 'holds', bold: true }),
      nameMark('uName'),
      nameMark('vName'),
      nameMark('positiveName', { tone: 'measured', bold: true }),
      nameMark('badName', { tone: 'violated', bold: true }),
    ],
  }
}

const places = (points: readonly PlacedPoint[]): Frame => ({
  x: points.map(({ x }) => x),
  y: points.map(({ y }) => y),
})

/** Directions around w in which curves are followed. */
const turns: readonly number[] = Array.from({ length: 361 }, (_, i) => (i / 180) * Math.PI)

interface Curve {
  readonly [column: string]: (number | null)[]
  readonly x: (number | null)[]
  readonly y: (number | null)[]
}

const none = { x: [], y: [], group: [] }

/**
 * The curve of points at the angle arctan t(ψ) from w in each direction ψ; broken where there is none.
 * A point there is (t e(ψ) + w)/√(1 + t²), with e(ψ) the direction across w.
 */
function follow(tangent: (e: readonly number[]) => number, right: number[], up: number[]): Curve {
  const at = turns.map((turn) => {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    const t = tangent(right.map((x, i) => cos * x + sin * up[i]))
    if (!(t > 0 && t < 1e9)) return [null, null] as const
    const away = t / Math.sqrt(1 + t * t)
    return [away * cos, away * sin] as const
  })
  return { x: at.map(([x]) => x), y: at.map(([, y]) => y) }
}

/** Where side·x = 0. */
const planeCurve = (side: readonly number[], w: readonly number[], right: number[], up: number[]) =>
  follow((e) => -dot(side, w) / dot(side, e), right, up)

/** Where xᵀQx = 0: two roots in each direction, of which each may be no point of this half. */
function formCurves(q: readonly number[], w: readonly number[], right: number[], up: number[]) {
  const times = (x: readonly number[]): number[] =>
    [0, 1, 2].map((i) => dot(q.slice(3 * i, 3 * i + 3), x))
  const branch = (sign: number): Curve =>
    follow(
      (e) => {
        const [a, b, c] = [dot(times(e), e), dot(times(e), w), dot(times(w), w)]
        return (-b + sign * Math.sqrt(b * b - a * c)) / a
      },
      right,
      up,
    )
  const [one, other] = [branch(1), branch(-1)]
  return {
    x: [...one.x, ...other.x],
    y: [...one.y, ...other.y],
    group: [...one.x.map(() => 'one'), ...other.x.map(() => 'other')],
  }
}

/** A name beside a curve, at this share of its points. */
function middleName({ x, y }: Curve, text: string, share: number): Frame {
  const shown = [...x.keys()].filter((i) => x[i] !== null)
  const at = shown.slice(Math.floor(share * shown.length)).slice(0, 1)
  return { x: at.map((i) => x[i]), y: at.map((i) => y[i]), text: at.map(() => text) }
}

/** A name among points; none if there are few. */
function centreName(points: readonly PlacedPoint[], text: string): Frame {
  if (points.length < 5) return { x: [], y: [], text: [] }
  const centre = (of: (point: PlacedPoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  return { x: [centre(({ x }) => x)], y: [centre(({ y }) => y)], text: [text] }
}
