import { beforeAll, describe, expect, it } from 'vitest'
import { norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { noOverlapLoss } from '../index.js'
import { overlapLoss } from '../overlap/index.js'
import { reluPairQuadrature } from '../integral/index.js'
import {
  abs,
  combine,
  erf,
  grad,
  hermite,
  hessian,
  kernelNamed,
  leaky,
  linear,
  loss,
  oneSidedSlope,
  orthonormalTeacher,
  relu,
  relu2,
  square,
  teacherSpectrum,
  type Kernel,
  type TeacherStudent,
} from './index.js'

const relative = (x: number, y: number) => Math.abs(x - y) / Math.max(1, Math.abs(y))

/** K and its partials at two vectors */
function partials(kernel: Kernel, p: number, q: number, r: number): Float64Array {
  const out = new Float64Array(10)
  kernel.write(p, q, r, Math.acos(r / Math.sqrt(p * q)), out)
  return out
}

// u = (0.7, −1.1), v = (1.3, 0.4): K, K_p, K_q, K_r, K_pp, K_pr, K_rr
const table: [Kernel, number[]][] = [
  [
    relu,
    [
      0.409719335357, 0.0800455743197, 0.0735553926181, 0.292690175894, -0.0217642830777,
      -0.0128659826717, 0.0930730661356,
    ],
  ],
  [
    relu2,
    [
      1.43355960619, 0.616719665264, 0.566715368081, 1.63887734143, -0.0442604940356,
      0.320182297279, 1.17076070358,
    ],
  ],
  [
    leaky(0.1),
    [
      0.378872661639, 0.064836915199, 0.0595798680207, 0.337079042474, -0.0176290692929,
      -0.0104214459641, 0.0753891835698,
    ],
  ],
  [
    abs,
    [
      1.16887734143, 0.320182297279, 0.294221570473, 0.170760703576, -0.0870571323107,
      -0.0514639306867, 0.372292264542,
    ],
  ],
  [
    erf,
    [
      0.108386145419, -0.020267714079, -0.0192009922854, 0.232863097929, 0.0113707708505,
      -0.0443973073078, 0.0146433224103,
    ],
  ],
  [square, [3.5868, 1.85, 1.7, 1.88, 0, 0, 4]],
  [hermite(4), [0.04879681, 0, 0, 0.415292, 0, 0, 2.6508]],
]

describe('the pair kernels', () => {
  it.each(table)('%o have the reference values', (kernel, values) => {
    const at = partials(kernel, 1.7, 1.85, 0.47)
    const found = [0, 1, 2, 3, 4, 7, 9].map((i) => at[i])
    found.forEach((x, i) => expect(Math.abs(x - values[i]), String(i)).toBeLessThan(1e-11))
  })
  it('are symmetric, and K_rr = 4 K_pq where both vectors have the same plain activation', () => {
    for (const kernel of [linear, relu, leaky(0.3), abs, square, relu2, erf]) {
      const [one, other] = [partials(kernel, 1.7, 0.9, -0.6), partials(kernel, 0.9, 1.7, -0.6)]
      const swapped = [0, 2, 1, 3, 6, 5, 4, 8, 7, 9].map((i) => other[i])
      swapped.forEach((x, i) => expect(relative(one[i], x), kernel.name).toBeLessThan(1e-14))
      expect(relative(one[9], 4 * one[5]), kernel.name).toBeLessThan(1e-14)
    }
  })
  it('equal quadrature for ReLU, and are sums where they are combined', () => {
    const theta = 2.1
    const r = 1.2 * 0.8 * Math.cos(theta)
    const K = partials(relu, 1.44, 0.64, r)[0]
    expect(Math.abs(K - reluPairQuadrature(1.2, 0.8, Math.PI - theta))).toBeLessThan(1e-14)
    const sum = partials(
      combine([
        [2, relu],
        [-1, square],
      ]),
      1.44,
      0.64,
      r,
    )
    const square_ = partials(square, 1.44, 0.64, r)
    const relu_ = partials(relu, 1.44, 0.64, r)
    sum.forEach((x, i) => expect(x).toBeCloseTo(2 * relu_[i] - square_[i], 13))
  })
  it('refuse unknown names and numbers that are not finite', () => {
    expect(kernelNamed('erf')).toBe(erf)
    expect(() => kernelNamed('tanh')).toThrow('linear, relu, abs, square, relu2, erf')
    expect(() => leaky(NaN)).toThrow('alpha')
    expect(() => hermite(0)).toThrow('m')
    expect(() => combine([])).toThrow('empty')
  })
})

function trig(kernel: Kernel, others: Partial<TeacherStudent> = {}): TeacherStudent {
  const [n, k, d] = [3, 2, 4]
  const at = (rows: number, f: (i: number, j: number) => number) =>
    Float64Array.from({ length: rows * d }, (_, x) => f(Math.floor(x / d), x % d))
  return {
    n,
    k,
    d,
    kernel,
    a: Float64Array.of(1, -0.5, 2),
    b: Float64Array.of(1, 1.5),
    W: at(n, (i, j) => Math.cos(1 + 2 * i + 3 * j)),
    V: at(k, (i, j) => Math.sin(2 + 3 * i + j)),
    ...others,
  }
}

function gradient(ts: TeacherStudent): { outW: Float64Array; outA: Float64Array } {
  const [outW, outA] = [new Float64Array(ts.n * ts.d), new Float64Array(ts.n)]
  grad(ts, outW, outA)
  return { outW, outA }
}

// L, ‖∂L/∂W‖, ∂L/∂a, tr H, λ_min, λ_max
const cases: [Kernel, number[]][] = [
  [
    linear,
    [
      4.563318255463, 6.922054729801, 3.916622376164, -5.389567707108, 0.569080727175,
      26.556197334261, -3.0059964172, 12.5600969609,
    ],
  ],
  [
    relu,
    [
      2.397990099631, 1.351989712246, 0.412743621713, -2.104642836821, 0.0096843015, 0.365004099019,
      -4.5266069574, 3.0312350799,
    ],
  ],
  [
    square,
    [
      50.124656400867, 24.842356242764, -11.518476356152, -21.227996235522, -0.702183929546,
      -35.680244744164, -67.2502355008, 92.0174499034,
    ],
  ],
  [
    relu2,
    [
      19.566107838464, 10.218294496318, 3.215559300995, -15.94562390264, -0.031593679822,
      55.49087772774, -13.5251067237, 41.4611697991,
    ],
  ],
  [
    leaky(0.1),
    [
      2.398703806248, 1.719466710095, 0.725984571204, -2.243717468536, 0.064752356933,
      2.951273053631, -3.3749427129, 3.5696936228,
    ],
  ],
  [
    abs,
    [
      5.028642143061, 3.747325892739, -2.265647889311, -3.029003640177, -0.530343521173,
      -25.096180938185, -21.7136984665, 9.2910634437,
    ],
  ],
  [
    erf,
    [
      1.077679590304, 2.108297389888, 0.880120661417, -1.033857139322, 0.24061239111,
      6.748624066222, -1.1645895217, 3.1306982946,
    ],
  ],
]

describe('loss, gradient and Hessian', () => {
  it.each(cases)('of %o have the reference values', (kernel, values) => {
    const ts = trig(kernel)
    const { outW, outA } = gradient(ts)
    const H = hessian(ts)
    let trace = 0
    for (let i = 0; i < 15; i++) trace += H.data[i * 15 + i]
    const found = [loss(ts), norm2(outW), ...outA, trace]
    found.forEach((x, i) => expect(relative(x, values[i]), String(i)).toBeLessThan(1e-11))
    const { values: spectrum } = eigenSymmetric(H)
    expect(relative(spectrum[0], values[6])).toBeLessThan(1e-9)
    expect(relative(spectrum[14], values[7])).toBeLessThan(1e-9)
  })
  const mixed: [string, TeacherStudent][] = [
    ...cases.map(([kernel]): [string, TeacherStudent] => [kernel.name, trig(kernel)]),
    ['hermite(3)', trig(hermite(3))],
    ['other kernels for the teacher', trig(relu, { kernelST: linear, kernelTT: square })],
  ]
  it.each(mixed)('agree with central differences: %s', (_, ts) => {
    const { n, d, W, a } = ts
    const h = 1e-5
    const moved = (at: number, by: number): TeacherStudent => {
      const [W2, a2] = [W.slice(), a.slice()]
      if (at < n * d) W2[at] += by
      else a2[at - n * d] += by
      return { ...ts, W: W2, a: a2 }
    }
    const all = (from: TeacherStudent) => Object.values(gradient(from)).flatMap((x) => [...x])
    const here = all(ts)
    const { data } = hessian(ts)
    const size = n * d + n
    for (let at = 0; at < size; at++) {
      const [up, down] = [moved(at, h), moved(at, -h)]
      expect(relative((loss(up) - loss(down)) / (2 * h), here[at])).toBeLessThan(2e-7)
      const [above, below] = [all(up), all(down)]
      for (let i = 0; i < size; i++) {
        const slope = (above[i] - below[i]) / (2 * h)
        expect(relative(slope, data[i * size + at])).toBeLessThan(2e-6)
        expect(relative(data[i * size + at], data[at * size + i])).toBeLessThan(1e-13)
      }
    }
    expect([...hessian(ts, { withA: false }).data]).toEqual(
      [...data].filter((_x, at) => at % size < n * d && at < n * d * size),
    )
  })
  it('are those of one shared filter, without overlap and with it', () => {
    const [k, star] = [3, [1, 0.2, -0.4]]
    for (const stride of [1, 2, 3]) {
      const d = (k - 1) * stride + 3
      const embed = (w: readonly number[]) => {
        const rows = new Float64Array(k * d)
        for (let i = 0; i < k; i++) rows.set(w, i * d + i * stride)
        return rows
      }
      const w = [0.3, -0.8, 0.5]
      const even = new Float64Array(k).fill(1 / k)
      const ts = { n: k, k, d, W: embed(w), V: embed(star), a: even, b: even, kernel: relu }
      expect(2 * loss(ts)).toBeCloseTo(overlapLoss(w, star, { k, stride }), 13)
      if (stride === 3) expect(2 * loss(ts)).toBeCloseTo(noOverlapLoss(w, star, k), 13)
    }
  })
  it('have the closed spectrum at the orthonormal teacher', () => {
    for (const k of [3, 6, 10]) {
      const W = new Float64Array(k * k)
      for (let i = 0; i < k; i++) W[i * k + i] = 1
      const ts = orthonormalTeacher(W, { n: k, k, d: k })
      expect(loss(ts)).toBe(0)
      const closed = teacherSpectrum(k).flatMap(([x, count]) => new Array<number>(count).fill(x))
      const { values } = eigenSymmetric(hessian(ts, { withA: false }))
      expect(closed).toHaveLength(k * k)
      values.forEach((x, i) => expect(Math.abs(x - closed[i])).toBeLessThan(1e-12))
    }
    expect(() => teacherSpectrum(2)).toThrow('k')
  })
})

describe('singular points', () => {
  let ts: TeacherStudent
  beforeAll(() => {
    const [W, a] = [Float64Array.of(1, 2, 2, 4, -1, -2), Float64Array.of(1, 1, 1)]
    const [V, b] = [Float64Array.of(1, 0, 0, 1), Float64Array.of(1, 1)]
    ts = { n: 3, k: 2, d: 2, W, a, V, b, kernel: relu }
  })
  it('of parallel and opposite neurons have the limits of the Hessian', () => {
    const { data } = hessian(ts, { withA: false })
    const block = (j: number) => [0, 1].flatMap((s) => [0, 1].map((t) => data[s * 6 + 2 * j + t]))
    block(1).forEach((x, i) => expect(x).toBeCloseTo(i % 3 === 0 ? 0.5 : 0, 12))
    block(2).forEach((x) => expect(x).toBeCloseTo(0, 12))
  })
  it('of a zero neuron are reported, with a one-sided slope and never NaN', () => {
    const zero = { ...ts, W: Float64Array.of(0, 0, 2, 4, -1, -2) }
    const [outW, outA] = [new Float64Array(6), new Float64Array(3)]
    expect(grad(zero, outW, outA)).toMatchObject({ singular: [0], minNorm: 0 })
    expect([...outW, ...outA].every(Number.isFinite)).toBe(true)
    expect([...outW.subarray(0, 2)]).toEqual([0, 0])
    const u = Float64Array.of(0.6, -0.8)
    const h = 1e-6
    const there = { ...zero, W: Float64Array.of(h * u[0], h * u[1], 2, 4, -1, -2) }
    expect(oneSidedSlope(zero, 0, u)).toBeCloseTo((loss(there) - loss(zero)) / h, 5)
    expect(() => oneSidedSlope(zero, 1, u)).toThrow('zero vector')
    for (const kernel of [relu, leaky(0.1), abs, relu2])
      expect(() => hessian({ ...zero, kernel })).toThrow('row 0 of W')
    for (const kernel of [linear, square, erf, leaky(1), hermite(2)])
      expect(hessian({ ...zero, kernel }).data.every(Number.isFinite)).toBe(true)
    // a zero row of the teacher changes nothing
    const [V, b] = [Float64Array.of(1, 0, 0, 1, 0, 0), Float64Array.of(1, 1, 5)]
    for (const kernel of [relu, relu2, erf, square])
      expect(loss({ ...ts, k: 3, V, b, kernel })).toBe(loss({ ...ts, kernel }))
  })
  it('and sizes that do not fit, NaN and empty networks are refused by every function', () => {
    const wrong: [Partial<TeacherStudent>, string][] = [
      [{ W: new Float64Array(5) }, 'W'],
      [{ b: new Float64Array(1) }, 'b'],
      [{ V: Float64Array.of(NaN, 0, 0, 1) }, 'V[0]'],
      [{ n: 0 }, 'n'],
      [{ d: 1.5 }, 'd'],
    ]
    for (const [change, name] of wrong) {
      const bad = { ...ts, ...change }
      const out = new Float64Array(6)
      expect(() => loss(bad)).toThrow(`loss: expected ${name}`)
      expect(() => hessian(bad)).toThrow(`hessian: expected ${name}`)
      expect(() => grad(bad, out, out)).toThrow(`grad: expected ${name}`)
      expect(() => oneSidedSlope(bad, 0, out)).toThrow(`oneSidedSlope: expected ${name}`)
    }
    expect(() => grad(ts, new Float64Array(5), new Float64Array(3))).toThrow('outW')
    expect(() => orthonormalTeacher(ts.W, { n: 3, k: 3, d: 2 })).toThrow('k')
  })
})
