import { afterEach, describe, expect, it, vi } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import { bytes } from '../generated/overlap.js'
import {
  OverlapEvaluator,
  overlapBatch,
  overlapGradient,
  overlapLoss,
  overlapSmoothness,
  patchGradient,
  patchLoss,
  spuriousMinimum,
  stridePatches,
} from './index.js'
import { LANES, OverlapBlock } from './overlap-block.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const draws = stream(32).child('overlap-block')
const shapes = [
  { m: 1, k: 1, stride: 1 },
  { m: 1, k: 7, stride: 1 },
  { m: 2, k: 3, stride: 1 },
  { m: 5, k: 1, stride: 2 },
  { m: 6, k: 4, stride: 6 },
  { m: 6, k: 4, stride: 11 },
  { m: 7, k: 2 ** 53 - 1, stride: 2 ** 53 - 1 },
  { m: 7, k: 3, stride: 2 },
  { m: 8, k: 8, stride: 1 },
  { m: 9, k: 40, stride: 1 },
  { m: 33, k: 12, stride: 3 },
]

/**
 * A teacher, and points of every kind: far, near it, on both rays, tiny, huge, smooth (nearly
 * parallel to their shifts).
 */
function scene(m: number, n: number): { teacher: Float64Array; points: Float64Array } {
  const smooth = draws.uniform() < 0.3
  const vector = (): Float64Array => {
    const w = draws.normalInto(new Float64Array(m))
    return smooth ? w.map((x) => 5 + x / 50) : w
  }
  const teacher = vector()
  const points = new Float64Array(n * m)
  for (let i = 0; i < n; i++) {
    const w = vector()
    const size = 10 ** (-11 * draws.uniform())
    const scale = [1e-120, 1e-6, 1e60][draws.integer(3)]
    points.set(
      [
        w,
        teacher.map((x, t) => x + size * w[t]),
        teacher.map((x) => -3 * draws.uniform() * x),
        teacher.slice(),
        w.map((x) => scale * x),
      ][draws.integer(5)],
      i * m,
    )
  }
  return { teacher, points }
}

const bitsDiffer = (a: Float64Array, b: Float64Array): number =>
  a.length === b.length ? a.findIndex((x, i) => !Object.is(x, b[i])) : -2

describe('the kernel', () => {
  it.each(shapes)('and its twin have the same bits in every lane, %j', (shape) => {
    for (let round = 0; round < 40; round++) {
      const { teacher, points } = scene(shape.m, LANES)
      const at = new OverlapEvaluator(teacher, shape)
      const eta = 1.9 / overlapSmoothness(shape)
      const play = (kind: 'auto' | 'plain'): Float64Array[] => {
        const block = new OverlapBlock(at, eta, kind)
        for (let lane = 0; lane < LANES; lane++) block.put(lane, points, lane)
        block.evaluate()
        const first = block.losses.slice()
        const done = Float64Array.of(block.descend(5), block.descend(3))
        const ends = Array.from({ length: LANES }, (_, lane) => block.point(lane))
        const rest = [block.losses, block.squares, block.breaches].map((x) => x.slice())
        return [first, done, ...rest, ...ends]
      }
      const [wasm, plain] = [play('auto'), play('plain')]
      plain.forEach((x, i) => {
        expect(bitsDiffer(x, wasm[i])).toBe(-1)
      })
    }
  })

  it('runs here, and is below the 4 KiB that every browser compiles on its main thread', () => {
    expect(atob(bytes).length).toBeLessThanOrEqual(4096)
    const at = new OverlapEvaluator([1, 2], { k: 2, stride: 1 })
    expect(new OverlapBlock(at, 0).losses.buffer.byteLength % 65536).toBe(0)
    expect(new OverlapBlock(at, 0, 'plain').losses.buffer.byteLength).toBeLessThan(65536)
  })

  it('counts a breach in the lane that has it', () => {
    const at = new OverlapEvaluator([-1, 1], { k: 3, stride: 1 })
    const block = new OverlapBlock(at, 4 / overlapSmoothness({ m: 2, k: 3, stride: 1 }))
    block.put(2, Float64Array.of(3, 1))
    block.evaluate()
    expect(block.descend(50)).toBe(50)
    expect(block.breaches[2]).toBeGreaterThan(0)
    expect([0, 1, 3].map((lane) => block.breaches[lane])).toEqual([0, 0, 0])
  })
})

describe('overlapBatch', () => {
  it.each(shapes)('has the bits of the plain functions for any number of points, %j', (shape) => {
    for (const n of [0, 1, 2, 3, 4, 5, 11]) {
      const { teacher, points } = scene(shape.m, n)
      const batch = overlapBatch({ rows: n, cols: shape.m, data: points }, teacher, shape)
      expect(batch.losses).toHaveLength(n)
      expect(batch.gradients.data).toHaveLength(n * shape.m)
      for (let i = 0; i < n; i++) {
        const w = points.slice(i * shape.m, (i + 1) * shape.m)
        const g = batch.gradients.data.slice(i * shape.m, (i + 1) * shape.m)
        expect(batch.losses[i]).toBe(overlapLoss(w, teacher, shape))
        expect(bitsDiffer(g, overlapGradient(w, teacher, shape))).toBe(-1)
      }
    }
  })

  it('is the sum over pairs of patches to 1e-13 (r² + R²) and 1e-13 (r + R)', () => {
    for (const shape of shapes.filter(({ k }) => k < 20)) {
      const { patches, d } = stridePatches(shape.m, shape)
      const { teacher, points } = scene(shape.m, 9)
      const { losses, gradients } = overlapBatch(
        { rows: 9, cols: shape.m, data: points },
        teacher,
        shape,
      )
      losses.forEach((loss, i) => {
        const w = points.slice(i * shape.m, (i + 1) * shape.m)
        const [r, R] = [norm2(w), norm2(teacher)]
        const error = Math.abs(loss - patchLoss(w, teacher, patches, d))
        expect(error).toBeLessThanOrEqual(1e-13 * (r * r + R * R))
        patchGradient(w, teacher, patches, d).forEach((want, t) => {
          const got = gradients.data[i * shape.m + t]
          expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-13 * (r + R))
        })
      })
    }
  })

  it('keeps the relative accuracy of the loss without overlap towards the teacher', () => {
    const teacher = [0.6, -0.8, 0]
    const k = 4
    const data = [1e-3, 1e-6, 1e-9].flatMap((e) => [0.6, -0.8, e])
    const { losses } = overlapBatch({ rows: 3, cols: 3, data: Float64Array.from(data) }, teacher, {
      k,
      stride: 3,
    })
    // ℓ(w* + εn) = ε²/2k + … for n orthogonal to w*: by ℓ = (a/2π)(r² − R²)² + (k/k²)(d²/2 − rR
    // s̃(ε)/π), a = (k² − k)/k²
    for (const [i, e] of [1e-3, 1e-6, 1e-9].entries()) {
      const rest = ((e * e * e) / 3) * (1 - (3 * e * e) / 5) * Math.sqrt(1 + e * e)
      const excess = (e * e) / (1 + Math.sqrt(1 + e * e))
      const want =
        ((e * e) / 2 - rest / Math.PI) / k + (((k - 1) / k) * excess * excess) / (2 * Math.PI)
      expect(Math.abs(losses[i] / want - 1)).toBeLessThan(1e-6 * e + 1e-13)
    }
  })

  it('is 0 with gradient 0 exactly at the teacher, and critical at the minimum on the ray opposite to it', () => {
    for (const shape of shapes) {
      const teacher = draws.normalInto(new Float64Array(shape.m))
      const points = { rows: 1, cols: shape.m, data: teacher }
      const { losses, gradients } = overlapBatch(points, teacher, shape)
      expect(losses[0]).toBe(0)
      expect(gradients.data.every((x) => x === 0)).toBe(true)
    }
    for (const k of [2, 3, 10]) {
      const { t0 } = spuriousMinimum(k)
      const data = Float64Array.of(t0, -t0)
      const { gradients } = overlapBatch({ rows: 1, cols: 2, data }, [-1, 1], { k, stride: 1 })
      expect(norm2(gradients.data)).toBeLessThan(1e-15)
    }
  })

  it('takes points and teachers whose squares over- or underflow, and their neighbours, on the plain evaluator', () => {
    const options = { k: 3, stride: 1 }
    const data = Float64Array.of(1e-170, 2e-170, 1, 2, 1e-300, 0, 1e155, -1e155, 0.3, 0.1)
    for (const teacher of [
      [1, -1],
      [1e-140, 2e-140],
      [1e140, 1e140],
    ]) {
      const { losses } = overlapBatch({ rows: 5, cols: 2, data }, teacher, options)
      losses.forEach((loss, i) => {
        expect(loss).toBe(overlapLoss(data.slice(2 * i, 2 * i + 2), teacher, options))
      })
    }
  })

  it('has memory for long filters, and does without WebAssembly, with the same bits', () => {
    const shape = { m: 20_000, k: 2, stride: 19_999 }
    const { teacher, points } = scene(shape.m, 2)
    const run = () => overlapBatch({ rows: 2, cols: shape.m, data: points }, teacher, shape)
    const [{ losses, gradients }, small] = [run(), scene(3, 6)]
    const few = () =>
      overlapBatch({ rows: 6, cols: 3, data: small.points }, small.teacher, { k: 5, stride: 1 })
    const before = few()
    expect(losses[1]).toBe(overlapLoss(points.slice(shape.m), teacher, shape))
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory')
    })
    const plain = run()
    expect(plain.losses).toEqual(losses)
    expect(bitsDiffer(plain.gradients.data, gradients.data)).toBe(-1)
    expect(few()).toEqual(before)
  })
})
