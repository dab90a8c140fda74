/**
 * The same SGD in plain tfjs as its tutorials write it: a variable, an optimiser, `minimize` at
 * every visit.
 *
 * @returns a variant that does the given visits, with the time of those that update and of the
 *   others
 */
export function plainTfjs({ tf, backend }, { x, y }, { k, start, alpha, eta, v }, visits) {
  const { cols: d } = x
  const second = tf.tensor2d(
    Float32Array.from({ length: 2 * k }, (_, j) => (j < k ? v : -v)),
    [1, 2 * k],
  )
  const inputs = tf.tensor2d(Float32Array.from(x.data), [x.rows, d])

  function run() {
    const w = tf.tidy(() => tf.variable(tf.tensor2d(Float32Array.from(start), [2 * k, d])))
    const optimizer = tf.train.sgd(eta)
    const [atStep, seconds] = [[], [0, 0]]
    visits.forEach((i, at) => {
      const began = performance.now()
      const loss = tf.tidy(() => {
        const input = inputs.slice([i, 0], [1, d]).transpose()
        const hinge = () => {
          const output = tf.matMul(second, tf.leakyRelu(tf.matMul(w, input), alpha)).asScalar()
          return tf.relu(tf.sub(1, output.mul(y[i])))
        }
        return optimizer.minimize(hinge, true, [w]).dataSync()[0]
      })
      seconds[loss > 0 ? 1 : 0] += (performance.now() - began) / 1e3
      if (loss > 0) atStep.push(at + 1)
    })
    w.dispose()
    optimizer.dispose()
    return { atStep, seconds }
  }

  return { answer: run, note: `tfjs ${tf.version.tfjs}, backend ${backend}` }
}
