import { instantiateKernels } from '@nonconvex/tensor/simd'
import { bytes as couples } from '../generated/couples.js'
import { bytes as pairs } from '../generated/pairs.js'
import { bytes as products } from '../generated/products.js'
import { bytes as rows } from '../generated/rows.js'
import { bytes as softmax } from '../generated/softmax.js'
import { bytes as transposed } from '../generated/transposed-products.js'
import type { Ops } from './ops.js'
import { wasmSpace } from './space.js'

/** assembly/*.ts: addresses and leading dimensions in bytes, counts in numbers. */
type Kernel = (...args: readonly number[]) => number

const bits = (flag: boolean | undefined): number => (flag === true ? 1 : 0)

/** The kernels on a memory of their own, or `undefined` if WebAssembly SIMD is not available. */
export function wasmOps(): Ops | undefined {
  const memory = newMemory()
  if (memory === undefined) return undefined
  const modules = [products, transposed, rows, pairs, couples, softmax].map((base64) =>
    instantiateKernels<Record<string, Kernel>>(base64, { env: { memory } }),
  )
  const [p, t, r, c, q, s] = modules
  if (!p || !t || !r || !c || !q || !s) return undefined
  // arguments one by one, on lines as long as they are: spreading an array costs as much as a small
  // product
  return {
    space: wasmSpace(memory),
    gemm: (x, a, b, m, k, n, { panels, transposed: swapped, accumulate }) =>
      p['gemm'](
        4 * x.at,
        4 * x.ld,
        4 * a.at,
        4 * a.ld,
        4 * b.at,
        4 * b.ld,
        m,
        k,
        n,
        bits(swapped),
        bits(accumulate),
        4 * panels,
      ),
    gemmT: (x, a, b, m, k, n) =>
      t['gemmT'](4 * x.at, 4 * x.ld, 4 * a.at, 4 * a.ld, 4 * b.at, 4 * b.ld, m, k, n),
    addRow: (x, row, count, n) => r['addRow'](4 * x.at, 4 * x.ld, 4 * row, count, n),
    sumRows: (out, x, count, n) => r['sumRows'](4 * out, 4 * x.at, 4 * x.ld, count, n),
    relu: (x, count, n) => r['relu'](4 * x.at, 4 * x.ld, count, n),
    mask: (d, h, count, n) => r['mask'](4 * d.at, 4 * d.ld, 4 * h.at, 4 * h.ld, count, n),
    clear: (x, count, n) => r['clear'](4 * x.at, 4 * x.ld, count, n),
    finite: (x, count, n) => r['finite'](4 * x.at, 4 * x.ld, count, n) !== 0,
    gatherAdd: (x, src, index, count, n) =>
      r['gatherAdd'](4 * x.at, 4 * x.ld, 4 * src.at, 4 * src.ld, 4 * index, count, n),
    scatterAdd: (out, x, index, count, n) =>
      r['scatterAdd'](4 * out.at, 4 * out.ld, 4 * x.at, 4 * x.ld, 4 * index, count, n),
    segmentSum: (out, x, of, n, mean) =>
      r['segmentSum'](
        4 * out.at,
        4 * out.ld,
        4 * x.at,
        4 * x.ld,
        4 * of.start,
        of.count,
        n,
        bits(mean),
      ),
    segmentSpread: (dx, dOut, h, of, n, { mean, linear }) =>
      r['segmentSpread'](
        4 * dx.at,
        4 * dx.ld,
        4 * dOut.at,
        4 * dOut.ld,
        4 * h.at,
        4 * h.ld,
        4 * of.start,
        of.count,
        n,
        bits(mean),
        bits(linear),
      ),
    adam: (of, { rate, beta1, beta2, epsilon, first, second }) =>
      r['adam'](
        4 * of.p,
        4 * of.g,
        4 * of.m,
        4 * of.v,
        of.count,
        rate,
        beta1,
        beta2,
        epsilon,
        first,
        second,
      ),
    pairHidden: (u, zi, zj, of, n) =>
      c['pairHidden'](
        4 * u.at,
        4 * u.ld,
        4 * zi.at,
        4 * zj.at,
        4 * zi.ld,
        4 * of.i,
        4 * of.j,
        of.count,
        n,
      ),
    pairSum: (x, signs, u, zi, zj, of, j, n, mean) =>
      c['pairSum'](
        4 * x.at,
        4 * x.ld,
        4 * signs,
        4 * u.at,
        4 * u.ld,
        4 * zi.at,
        4 * zj.at,
        4 * zi.ld,
        4 * of.start,
        4 * j,
        of.count,
        n,
        bits(mean),
      ),
    pairSpread: (dx, di, dj, dOut, signs, of, j, n, mean) =>
      c['pairSpread'](
        4 * dx.at,
        4 * dx.ld,
        4 * di.at,
        4 * dj.at,
        4 * di.ld,
        4 * dOut.at,
        4 * dOut.ld,
        4 * signs,
        4 * of.start,
        4 * j,
        of.count,
        n,
        bits(mean),
      ),
    fold: (plus, minus, x, of, n, scale) =>
      q['fold'](
        4 * plus.at,
        4 * minus.at,
        4 * plus.ld,
        4 * x.at,
        4 * x.ld,
        4 * of.first,
        4 * of.second,
        of.count,
        n,
        scale,
      ),
    unfold: (x, plus, minus, of, n, scale) =>
      q['unfold'](
        4 * x.at,
        4 * x.ld,
        4 * plus.at,
        4 * minus.at,
        4 * plus.ld,
        4 * of.first,
        4 * of.second,
        of.count,
        n,
        scale,
      ),
    coupleHidden: (u, plus, minus, zi, zj, of, n) =>
      q['coupleHidden'](
        4 * u.at,
        4 * u.ld,
        4 * plus.at,
        4 * minus.at,
        4 * plus.ld,
        4 * zi.at,
        4 * zj.at,
        4 * zi.ld,
        4 * of.first,
        4 * of.second,
        4 * of.i,
        4 * of.j,
        of.count,
        n,
      ),
    coupleBack: (plus, minus, d, h, di, dj, of, n) =>
      q['coupleBack'](
        4 * plus.at,
        4 * minus.at,
        4 * plus.ld,
        4 * d.at,
        4 * d.ld,
        4 * h.at,
        4 * h.ld,
        4 * di.at,
        4 * dj.at,
        4 * di.ld,
        4 * of.first,
        4 * of.second,
        4 * of.i,
        4 * of.j,
        of.count,
        n,
      ),
    sumAndDifference: (plus, minus, x, y, count, n) =>
      q['sumAndDifference'](
        4 * plus.at,
        4 * minus.at,
        4 * plus.ld,
        4 * x.at,
        4 * y.at,
        4 * x.ld,
        count,
        n,
      ),
    addBack: (x, y, plus, minus, count, n) =>
      q['addBack'](4 * x.at, 4 * y.at, 4 * x.ld, 4 * plus.at, 4 * minus.at, 4 * plus.ld, count, n),
    attend: (out, h, w, of, n, one) =>
      s['attend'](
        4 * out.at,
        4 * out.ld,
        4 * h.at,
        4 * h.ld,
        4 * w.at,
        4 * w.ld,
        4 * of.start,
        of.count,
        n,
        bits(one),
      ),
    attendBack: ({ dh, dw, dOut, out, h, w }, of, n, { one, linear }) =>
      s['attendBack'](
        4 * dh.at,
        4 * dh.ld,
        4 * dw.at,
        4 * dw.ld,
        4 * dOut.at,
        4 * out.at,
        4 * out.ld,
        4 * h.at,
        4 * h.ld,
        4 * w.at,
        4 * w.ld,
        4 * of.start,
        of.count,
        n,
        bits(one),
        bits(linear),
      ),
    crossEntropy: (x, { label, weight, loss }, count, n) =>
      s['crossEntropy'](4 * x.at, 4 * x.ld, 4 * label, 4 * weight, 4 * loss, count, n),
  }
}

function newMemory(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: 16 })
  } catch {
    return undefined
  }
}
