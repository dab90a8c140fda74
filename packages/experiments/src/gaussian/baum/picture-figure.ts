import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { Figure, Panel } from '../../figure/figure.js'
import { circle, dots, line, panelOf, xy, type Point } from '../../figure/layers.js'
import { anyAcross, axesAt, cross, dot, type PictureMeasured, type PlacedPoint } from './picture.js'

/** One run that learns and one that cannot, on the half of the sphere that step 1 keeps. */
export const pictureFigure = (pictures: {
  readonly [kind in 'gaussian' | 'lifted']: PictureMeasured | undefined
}): Figure => ({
  id: 'sphere',
  title: 'Labels in step 2: a quadratic form fits them, or none does',
  caption:
    'The hemisphere $w\\cdot x > 0$, seen from $w$, with examples of step 2; the form (green) has the sign of $(u\\cdot x)(v\\cdot x)$, which is wrong where both factors are negative. On Gaussian inputs, left, step 1 excludes that region; on lifted ones, right, it remains (red), and the triangles prove that no form fits.',
  panels: [
    picturePanel('Gaussian inputs', pictures.gaussian),
    picturePanel('Lifted inputs', pictures.lifted),
  ],
})

const EDGE = 1.12

const plane = { tone: 'ink', width: 1.25 } as const

const outcomes: { readonly [status: string]: string | undefined } = {
  learnt: 'learned',
  'step2-infeasible': 'no form fits',
}

function picturePanel(name: string, picture: PictureMeasured | undefined): Panel {
  const axes = {
    x: { label: 'from v to u', domain: [-EDGE, EDGE] },
    y: { label: 'across', domain: [-EDGE, EDGE] },
    square: true,
  } as const
  if (!picture?.w) return panelOf({ title: name, ...axes }, [])
  const { u, v, w, q, points, status } = picture
  const [right, up] = axesAt(w, picture)
  const isBad = ({ x, y }: PlacedPoint): boolean => {
    const along = Math.sqrt(Math.max(0, 1 - x * x - y * y))
    const at = w.map((e, t) => x * right[t] + y * up[t] + along * e)
    return dot(u, at) < 0 && dot(v, at) < 0
  }
  const witness = points.filter((point) => point.witness)
  const others = points.filter((point) => !point.witness)
  const bad = others.filter(isBad)
  const plain = others.filter((point) => !isBad(point))
  const view = { w, right, up }
  const some = (label: number) => plain.filter((point) => point.label === label)
  return panelOf({ title: `${name}: ${outcomes[status] ?? status}`, ...axes }, [
    circle('rim', 1, { tone: 'rule', width: 2, key: 'w·x = 0' }),
    dots('positive', some(1), xy, { key: 'positive' }),
    dots('negative', some(-1), xy, { tone: 'soft', opacity: 0.6, radius: 2, key: 'negative' }),
    dots('bad', bad, xy, { tone: 'violated', key: 'u·x and v·x negative' }),
    line('form', q ? formCurve(q, view) : [], xy, {
      tone: 'holds',
      width: 2,
      key: 'form that was found',
    }),
    line('u', planeCurve(u, view), xy, { ...plane, dash: true, key: 'u·x = 0' }),
    line('v', planeCurve(v, view), xy, { ...plane, key: 'v·x = 0' }),
    dots('witness', witness, xy, {
      tone: 'ink',
      symbol: 'triangle',
      key: 'certificate that no form fits',
    }),
  ])
}

/** The view of the sphere: along w, with these directions to the right and up. */
interface View {
  readonly w: readonly number[]
  readonly right: readonly number[]
  readonly up: readonly number[]
}

/** Angles at which curves are followed. */
const turns: readonly number[] = Array.from({ length: 361 }, (_, i) => (i / 180) * Math.PI)

/** A closed curve in space, seen from w; broken where it is not on the hemisphere. */
const seen = (path: readonly (readonly number[])[], { w, right, up }: View): Point[] =>
  path.map((x) => {
    const size = Math.hypot(...x)
    if (dot(x, w) <= 0) return { x: null, y: null }
    return { x: dot(x, right) / size, y: dot(x, up) / size }
  })

/** Where side·x = 0: a great circle. */
function planeCurve(side: readonly number[], view: View): Point[] {
  const one = anyAcross(side)
  const other = cross(side, one)
  const path = turns.map((turn) =>
    one.map((x, t) => Math.cos(turn) * x + Math.sin(turn) * other[t]),
  )
  return seen(path, view)
}

/**
 * Where xᵀQx = 0: with eigenvalues λ₁, λ₂ of one sign and λ₃ of the other, the cone of
 * cos τ p₁ + sin τ p₂ ± √((λ₁ cos²τ + λ₂ sin²τ)/|λ₃|) p₃; only 0 for a form of one sign.
 */
function formCurve(q: readonly number[], view: View): Point[] {
  const form = { rows: 3, cols: 3, data: Float64Array.from(q) }
  const { values, vectors } = eigenSymmetric(form, { vectors: true })
  // ascending: the odd one out is the first or the last
  const odd = values[1] > 0 ? 0 : 2
  if (!vectors || !(values[odd] * values[1] < 0)) return []
  const axis = (j: number): number[] => [0, 1, 2].map((i) => vectors.data[3 * i + j])
  const [first, second, third] = [2 - odd, 1, odd].map(axis)
  const sheet = (sign: number): Point[] =>
    seen(
      turns.map((turn) => {
        const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
        const across = values[2 - odd] * cos * cos + values[1] * sin * sin
        const height = sign * Math.sqrt(across / -values[odd])
        return first.map((x, t) => cos * x + sin * second[t] + height * third[t])
      }),
      view,
    )
  return [...sheet(1), { x: null, y: null }, ...sheet(-1)]
}
