import { gemm, gemmF32, gemmF32Into, gemmInto, matrix, stream } from '@nonconvex/tensor'
import { agree, compare } from '../harness.mjs'

/** The three loops everybody writes first. */
function naive(c, a, b, n) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j]
      c[i * n + j] = sum
    }
  }
  return c
}

/** The same with the loops in the order that memory likes. */
function ordered(c, a, b, n) {
  c.fill(0)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j]
    }
  }
  return c
}

// A copy of the functions for each type, so that none of them slows down for having seen both.
const copyOf = (fn) => new Function(`return ${fn.toString()}`)()
const naive32 = copyOf(naive)
const ordered32 = copyOf(ordered)

/** Matrix products, float64 beside plain loops, float32 beside plain loops and tfjs. */
export function products(tf) {
  for (const n of [16, 64, 256, 512]) {
    const s = stream(1).child('gemm', n)
    const random = () => matrix(n, n, s.normalInto(new Float64Array(n * n)))
    const [a, b, c] = [random(), random(), matrix(n, n)]
    const flops = 2 * n ** 3
    const tolerance = n * 2 ** -50
    const expected = naive(new Float64Array(n * n), a.data, b.data, n)
    agree(`gemm ${n}`, gemm(a, b).data, expected, tolerance)
    agree(`ordered ${n}`, ordered(new Float64Array(n * n), a.data, b.data, n), expected, tolerance)
    const out = new Float64Array(n * n)
    compare(
      `product of ${n} × ${n} matrices, float64`,
      {
        gemmInto: () => gemmInto(c, a, b),
        'three plain loops (i, j, k)': () => naive(out, a.data, b.data, n),
        'three plain loops (i, k, j)': () => ordered(out, a.data, b.data, n),
      },
      { flops },
    )
    float32(tf, n, a, b, flops, expected)
  }
}

function float32(tf, n, a, b, flops, expected) {
  const toFloat32 = ({ data }) => ({ rows: n, cols: n, data: Float32Array.from(data) })
  const [a32, b32, c32] = [a, b, a].map(toFloat32)
  const [ta, tb] = [a32, b32].map(({ data }) => tf.tensor2d(data, [n, n]))
  const multiply = (read) => {
    const t = tf.matMul(ta, tb)
    const data = read ? t.dataSync() : undefined
    t.dispose()
    return data
  }
  const out = new Float32Array(n * n)
  const tolerance = n * 2 ** -21
  agree(`gemmF32 ${n}`, gemmF32(a32, b32).data, expected, tolerance)
  agree(`tfjs ${n}`, multiply(true), expected, tolerance)
  agree(`naive32 ${n}`, naive32(out, a32.data, b32.data, n), expected, tolerance)
  agree(`ordered32 ${n}`, ordered32(out, a32.data, b32.data, n), expected, tolerance)
  compare(
    `product of ${n} × ${n} matrices, float32`,
    {
      gemmF32Into: () => gemmF32Into(c32, a32, b32),
      'tfjs matMul, result read': () => multiply(true),
      'tfjs matMul, result left there': () => multiply(false),
      'three plain loops (i, j, k)': () => naive32(out, a32.data, b32.data, n),
      'three plain loops (i, k, j)': () => ordered32(out, a32.data, b32.data, n),
    },
    { flops },
  )
  ta.dispose()
  tb.dispose()
}
