import { describe, expect, it } from 'vitest'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import { box, contains } from '@nonconvex/tensor/interval'
import {
  duBestA,
  duCritical,
  duGrad,
  duLoss,
  erf,
  grad,
  hessian,
  loss,
  orthonormalTeacher,
  relu,
  reluIntervals,
  solveFamily,
  type FamilyKind,
} from './index.js'

// k: II₁ loss, λ_min; II₂; A; I
const families: [number, number[]][] = [
  [
    5,
    [
      0.026970469526, -0.0077015191, 0.043739554637, -0.0211539528, 0.04770837788, -0.0058315063,
      0.037389506281, -0.0177767192,
    ],
  ],
  [
    6,
    [
      0.025080581002, 0.0047003547, 0.043884644166, -0.0133903549, 0.055668581322, 0.0015036524,
      0.047395775343, -0.0058253493,
    ],
  ],
  [
    7,
    [
      0.023202714914, 0.0140590132, 0.042085572022, -0.0045882887, 0.062210980773, 0.0068473522,
      0.055321607548, 0.0016619751,
    ],
  ],
  [
    8,
    [
      0.021508037172, 0.0213465892, 0.039793234131, 0.0033434091, 0.06773169136, 0.0110571203,
      0.061834622174, 0.0071012377,
    ],
  ],
]

describe('the symmetric families', () => {
  it.each(families)('have the reference losses and eigenvalues, k = %i', (k, values) => {
    const kinds: [FamilyKind, number][] = [
      ['II', 1],
      ['II', 2],
      ['A', 1],
      ['I', 1],
    ]
    kinds.forEach(([kind, p], i) => {
      const point = solveFamily(kind, k, p)
      expect(point.gradientNorm).toBeLessThan(1e-13)
      expect(Math.abs(point.loss - values[2 * i])).toBeLessThan(5e-12)
      expect(Math.abs(point.smallestEigenvalue - values[2 * i + 1])).toBeLessThan(1e-8)
    })
  })
  it('include the rare end of runs with ten neurons, of which six are flipped', () => {
    const { loss: rare, smallestEigenvalue, gradientNorm } = solveFamily('I', 10, 4)
    expect(Math.abs(rare - 0.054633774)).toBeLessThan(1e-9)
    expect(Math.abs(smallestEigenvalue - 0.0019967184)).toBeLessThan(1e-10)
    expect(gradientNorm).toBeLessThan(1e-13)
    // and the one of eleven in the archive
    expect(Math.abs(solveFamily('I', 11, 5).loss - 0.054476165)).toBeLessThan(1e-9)
  })
  it('refuse other sizes', () => {
    expect(() => solveFamily('II', 2)).toThrow('k')
    expect(() => solveFamily('II', 6, 6)).toThrow('p')
    expect(() => solveFamily('III' as FamilyKind, 6)).toThrow('kind')
  })
})

describe('reluIntervals', () => {
  const six = solveFamily('II', 6)
  const ts = orthonormalTeacher(six.W, { n: 6, k: 6, d: 6 })
  it('encloses value, gradient and Hessian, for any output weights', () => {
    const a = Float64Array.of(1, -0.5, 2, 1, 1, 0.3)
    const other = { ...ts, a, b: Float64Array.of(1, 2, 1, -1, 1, 0.7) }
    const { value, gradient, hessian: curvature } = reluIntervals(other)
    const point = box(six.W)
    const [outW, outA] = [new Float64Array(36), new Float64Array(6)]
    grad(other, outW, outA)
    const near = (x: { lo: number; hi: number }, y: number) => {
      expect(Math.abs((x.lo + x.hi) / 2 - y)).toBeLessThan(1e-13)
      expect(x.hi - x.lo).toBeLessThan(1e-12)
    }
    near(value(point), loss(other))
    gradient(point).forEach((x, i) => near(x, outW[i]))
    const { data } = hessian(other, { withA: false })
    curvature(point).data.forEach((x, i) => near(x, data[i]))
    // over a cube, every point of it
    const cube = box(six.W, 1e-3)
    const moved = { ...other, W: six.W.map((x, i) => x + 1e-3 * Math.sin(i)) }
    grad(moved, outW, outA)
    expect(contains(value(cube), loss(moved))).toBe(true)
    gradient(cube).forEach((x, i) => expect(contains(x, outW[i])).toBe(true))
    const there = hessian(moved, { withA: false }).data
    curvature(cube).data.forEach((x, i) => expect(contains(x, there[i])).toBe(true))
  })
  it('proves the spurious minimum of six neurons, and refuses the saddle of five', () => {
    const found = certifyByIntervals(reluIntervals(ts), six.W)
    expect(found).toMatchObject({ status: 'certified', rigor: 'proof' })
    if (found.status !== 'certified') return
    expect(found.gradientBound).toBeLessThan(1e-13)
    expect(found.smallestEigenvalue.lo).toBeGreaterThan(0.0046999)
    expect(found.minimumWithin).toBeLessThan(1e-11)
    expect(found.minimumValue.lo).toBeGreaterThan(0.02508)
    const five = solveFamily('II', 5)
    const small = reluIntervals(orthonormalTeacher(five.W, { n: 5, k: 5, d: 5 }))
    expect(certifyByIntervals(small, five.W).status).toBe('hessian-not-definite')
  })
  it('refuses other activations and a zero teacher', () => {
    expect(() => reluIntervals({ ...ts, kernel: erf })).toThrow('relu')
    expect(() => reluIntervals({ ...ts, V: new Float64Array(36) })).toThrow('drop zero rows')
  })
})

describe('the filter with free output weights', () => {
  const [v, a] = [
    [0.2, 1, -0.5],
    [1, -0.3, 0.4, 0.2],
  ]
  const [w, as] = [
    [0.5, -1, 0.7],
    [0.9, 0.1, -0.6, 1.2],
  ]
  it('has the reference loss and gradient, and the loss of the engine', () => {
    expect(Math.abs(duLoss(v, a, w, as) - 1.219985745629)).toBeLessThan(1e-12)
    const { v: ofV, a: ofA } = duGrad(v, a, w, as)
    const expected = [-0.049384943079, 0.002207148294, -0.015339680643]
    const expectedA = [0.388674619844, -0.211607775341, -0.11055207906, 0.17494250727]
    ofV.forEach((x, i) => expect(Math.abs(x - expected[i])).toBeLessThan(1e-12))
    ofA.forEach((x, i) => expect(Math.abs(x - expectedA[i])).toBeLessThan(1e-12))
    const rows = (filter: readonly number[], scale: number) => {
      const out = new Float64Array(48)
      for (let j = 0; j < 4; j++)
        out.set(
          filter.map((x) => x / scale),
          12 * j + 3 * j,
        )
      return out
    }
    const ts = {
      n: 4,
      k: 4,
      d: 12,
      kernel: relu,
      W: rows(v, Math.hypot(...v)),
      V: rows(w, 1),
      a: Float64Array.from(a),
      b: Float64Array.from(as),
    }
    expect(Math.abs(loss(ts) - duLoss(v, a, w, as))).toBeLessThan(1e-12)
    const { a: atBest } = duGrad(v, duBestA(angle(v, w), as, Math.hypot(...w)), w, as)
    atBest.forEach((x) => expect(Math.abs(x)).toBeLessThan(1e-14))
  })
  const angle = (x: readonly number[], y: readonly number[]) =>
    Math.acos(x.reduce((sum, z, i) => sum + z * y[i], 0) / Math.hypot(...x) / Math.hypot(...y))
  /** a* of length 1 with S² = ratio */
  const weights = (k: number, ratio: number): number[] => {
    const mean = Math.sqrt(ratio) / k
    const rest = Math.sqrt((1 - ratio / k) / 2)
    return Array.from({ length: k }, (_, i) => mean + (i === 0 ? rest : i === 1 ? -rest : 0))
  }
  it.each([
    [9, 0, 0.133264448269, 1.570796326795, 0.170422528454],
    [9, 1, 0.166180348458, 1.712016239944, 0.187226844529],
    [25, 1, 0.146776387543, 1.623870940318, 0.176941738309],
    [25, 4, 0.187312205364, 1.83046622627, 0.199879883616],
    [100, 4, 0.147626298019, 1.627414001536, 0.177368514304],
  ])('has the reference critical points, k = %i, S²/A = %d', (k, ratio, value, ring, height) => {
    const { spurious, loss: there, saddle } = duCritical(weights(k, ratio), 1)
    expect(spurious).toBe(true)
    expect(Math.abs(there - value)).toBeLessThan(1e-12)
    expect(Math.abs((saddle?.angle ?? NaN) - ring)).toBeLessThan(1e-11)
    expect(Math.abs((saddle?.loss ?? NaN) - height)).toBeLessThan(1e-12)
  })
  it.each([9, 25])('changes from a minimum to a saddle at the threshold, k = %i', (k) => {
    const threshold = 1 + (k - 1) / Math.PI
    for (const [factor, minimum] of [
      [0.999, true],
      [1.001, false],
    ] as const) {
      const star = weights(k, factor * threshold)
      expect(duCritical(star, 1).spurious).toBe(minimum)
      // and descent turns the filter to −w* or away from it
      const far = duBestA(Math.PI, star, 1)
      const along = far.reduce((sum, x, i) => sum + x * star[i], 0)
      expect(along < 0).toBe(minimum)
      expect(Math.sign(duGrad([-1, 1e-4], far, [1, 0], star).v[1])).toBe(minimum ? 1 : -1)
    }
  })
  it('refuses zero vectors, NaN and other lengths', () => {
    expect(() => duLoss([0, 0, 0], a, w, as)).toThrow('v')
    expect(() => duLoss(v, a, w, [1])).toThrow('as')
    expect(() => duGrad(v, [NaN, 0, 0, 0], w, as)).toThrow('a[0]')
    expect(() => duBestA(4, as, 1)).toThrow('phi')
    expect(() => duCritical([0, 0], 1)).toThrow('zero')
    expect(() => duCritical(as, 0)).toThrow('norm')
  })
})
