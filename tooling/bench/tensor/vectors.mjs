import { angles, axpyInto, dot, gemvInto, matrix, norm2, stream } from '@nonconvex/tensor'
import { createWorkspace } from '@nonconvex/tensor/simd'
import { agree, compare } from '../harness.mjs'

function plainDot(a, b) {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function plainAxpy(y, a, x) {
  for (let i = 0; i < y.length; i++) y[i] += a * x[i]
  return y
}

function plainGemv(y, { rows, cols, data }, x) {
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < cols; j++) sum += data[i * cols + j] * x[j]
    y[i] = sum
  }
  return y
}

/** The formula of the textbook, which loses half the digits near 0 and π. */
const plainAngle = (u, v) => Math.acos(plainDot(u, v) / Math.sqrt(plainDot(u, u) * plainDot(v, v)))

/** dot, axpy, norm, angles and matrix times vector. */
export function vectors(tf) {
  for (const n of [20, 784, 10_000]) {
    const s = stream(2).child('vectors', n)
    const [x, y] = [0, 1].map(() => s.normalInto(new Float64Array(n)))
    const space = createWorkspace(16 * n + 64)
    const [wx, wy] = [x, y].map((from) => {
      const to = space.float64(n)
      to.set(from)
      return to
    })
    const [tx, ty] = [x, y].map((v) => tf.tensor1d(Float32Array.from(v)))
    const onTfjs = (make) => tf.tidy(() => make().dataSync())
    const exact = [plainDot(x, y)]
    agree(`dot ${n}`, [dot(x, y)], exact, n * 2 ** -50)
    agree(`dot in a workspace ${n}`, [space.dot(wx, wy)], [dot(x, y)], 0)
    agree(
      `tfjs dot ${n}`,
      onTfjs(() => tf.dot(tx, ty)),
      exact,
      n * 2 ** -18,
    )
    compare(`dot, ${n} numbers`, {
      dot: () => dot(x, y),
      'dot in a workspace': () => space.dot(wx, wy),
      'plain loop': () => plainDot(x, y),
      'tfjs dot, float32, result read': () => onTfjs(() => tf.dot(tx, ty)),
    })

    const expected = plainAxpy(y.slice(), 0.5, x)
    agree(`axpy ${n}`, axpyInto(y.slice(), 0.5, x), expected, 0)
    agree(`axpy in a workspace ${n}`, space.axpyInto(wy, 0.5, wx).slice(), expected, 0)
    agree(
      `tfjs axpy ${n}`,
      onTfjs(() => ty.add(tx.mul(0.5))),
      expected,
      2 ** -20,
    )
    const target = y.slice()
    compare(`y + a x, ${n} numbers`, {
      axpyInto: () => axpyInto(target, 1e-9, x),
      'axpyInto in a workspace': () => space.axpyInto(wy, 1e-9, wx),
      'plain loop': () => plainAxpy(target, 1e-9, x),
      'tfjs mul and add, float32, read': () => onTfjs(() => ty.add(tx.mul(1e-9))),
    })

    agree(`angles ${n}`, [angles(x, y).theta], [plainAngle(x, y)], 1e-12)
    agree(`norm2 ${n}`, [norm2(x)], [Math.sqrt(plainDot(x, x))], n * 2 ** -50)
    const tfAngle = () => onTfjs(() => tf.acos(tf.dot(tx, ty).div(tf.norm(tx).mul(tf.norm(ty)))))
    agree(`tfjs angle ${n}`, tfAngle(), [plainAngle(x, y)], n * 2 ** -18)
    compare(`angle of two vectors, ${n} numbers`, {
      'angles (Kahan)': () => angles(x, y),
      'arc cosine, plain loops': () => plainAngle(x, y),
      'tfjs arc cosine, float32, read': tfAngle,
    })
    compare(`norm, ${n} numbers`, {
      norm2: () => norm2(x),
      'plain loop (may overflow)': () => Math.sqrt(plainDot(x, x)),
      'Math.hypot over a loop': () => x.reduce((norm, value) => Math.hypot(norm, value), 0),
    })
    tx.dispose()
    ty.dispose()
  }
  matrixTimesVector(tf, 400, 784)
}

function matrixTimesVector(tf, rows, cols) {
  const s = stream(3).child('gemv')
  const a = matrix(rows, cols, s.normalInto(new Float64Array(rows * cols)))
  const x = s.normalInto(new Float64Array(cols))
  const y = new Float64Array(rows)
  const space = createWorkspace(8 * (rows * cols + rows + cols) + 64)
  const inside = { rows, cols, data: space.float64(rows * cols) }
  inside.data.set(a.data)
  const [sx, sy] = [space.float64(cols), space.float64(rows)]
  sx.set(x)
  const ta = tf.tensor2d(Float32Array.from(a.data), [rows, cols])
  const tx = tf.tensor2d(Float32Array.from(x), [cols, 1])
  const onTfjs = () => tf.tidy(() => tf.matMul(ta, tx).dataSync())
  const expected = plainGemv(y.slice(), a, x)
  agree('gemv', gemvInto(y, a, x), expected, cols * 2 ** -50)
  agree('gemv in a workspace', space.gemvInto(sy, inside, sx), gemvInto(y, a, x), 0)
  agree('tfjs matMul', onTfjs(), expected, cols * 2 ** -18)
  compare(
    `${rows} × ${cols} matrix times vector`,
    {
      gemvInto: () => gemvInto(y, a, x),
      'gemvInto in a workspace': () => space.gemvInto(sy, inside, sx),
      'plain loops': () => plainGemv(y, a, x),
      'tfjs matMul, float32, read': onTfjs,
    },
    { flops: 2 * rows * cols },
  )
  ta.dispose()
  tx.dispose()
}
