/**
 * The layer as composed ops of tfjs, first layers factored, trained by its own gradients and Adam.
 *
 * @param start parameters by name: { rows, cols, data }
 * @returns a step's timer and the losses of the first steps
 */
export function composedTfjs({ tf, backend }, size, data, start) {
  const { graphs: B, nodes: n, d, e, hidden: H, classes, predicates, rate, compared } = size
  const single = (numbers, shape) => tf.tensor(Float32Array.from(numbers), shape)
  const rows = single(data.z, [B * n, d])
  const pairs = single(data.ze, [B * n * n, e])
  const off = tf.sub(1, tf.eye(n)).reshape([1, n, n, 1])
  const nodeTruth = tf.oneHot(tf.tensor1d(data.nodeTruth, 'int32'), classes).toFloat()
  // a row of zeros for the pairs of a node with itself
  const answers = data.edgeTruth.map((answer) => (answer < 0 ? predicates : answer))
  const edgeTruth = tf.tidy(() =>
    tf
      .oneHot(tf.tensor1d(answers, 'int32'), predicates + 1)
      .slice([0, 0], [answers.length, predicates])
      .toFloat(),
  )

  function loss(w) {
    const of = (x, name) => tf.matMul(x, w[name])
    const nodesOf = (x) => x.reshape([B, n, -1])
    const near = (x) => x.reshape([B, n, 1, H])
    const far = (x) => x.reshape([B, 1, n, H])
    const pairsOf = (x) => x.reshape([B, n, n, H])
    const phi = tf.relu(
      pairsOf(of(pairs, 'phi.zij'))
        .add(near(of(rows, 'phi.zi').add(w['phi.bias'])))
        .add(far(of(rows, 'phi.zj'))),
    )
    const s = phi
      .mul(off)
      .sum(2)
      .reshape([B * n, H])
    const alpha = tf.relu(of(rows, 'alpha.zi').add(of(s, 'alpha.si')).add(w['alpha.bias']))
    const g = nodesOf(alpha).sum(1)
    const rho = nodesOf(of(rows, 'rho.zk').add(of(s, 'rho.sk')).add(w['rho.bias']))
    const hidden = tf.relu(rho.add(of(g, 'rho.g').reshape([B, 1, H]))).reshape([B * n, H])
    const y = of(hidden, 'rho.out').add(w['rho.outBias'])
    const graph = of(g, 'rhoEdge.g').add(w['rhoEdge.bias']).reshape([B, 1, 1, H])
    const edge = tf.relu(
      pairsOf(of(pairs, 'rhoEdge.zkl'))
        .add(pairsOf(of(pairs, 'rhoEdge.zlk')).transpose([0, 2, 1, 3]))
        .add(near(of(rows, 'rhoEdge.zk').add(of(s, 'rhoEdge.sk'))).add(graph))
        .add(far(of(rows, 'rhoEdge.zl').add(of(s, 'rhoEdge.sl')))),
    )
    const ye = of(edge.reshape([B * n * n, H]), 'rhoEdge.out').add(w['rhoEdge.outBias'])
    const entropy = (truth, scores, count) => truth.mul(tf.logSoftmax(scores)).sum().div(-count)
    return entropy(nodeTruth, y, B * n).add(entropy(edgeTruth, ye, B * n * (n - 1)))
  }

  function made() {
    const names = Object.keys(start)
    const variables = tf.tidy(() =>
      names.map((name) =>
        tf.variable(single(start[name].data, [start[name].rows, start[name].cols])),
      ),
    )
    const w = Object.fromEntries(names.map((name, i) => [name, variables[i]]))
    const optimizer = tf.train.adam(rate, 0.9, 0.999, 1e-8)
    const step = () =>
      tf.tidy(() => optimizer.minimize(() => loss(w), true, variables).dataSync()[0])
    const dispose = () => {
      tf.dispose(variables)
      optimizer.dispose()
    }
    return { step, dispose }
  }

  const kept = made()
  return {
    note: `tfjs ${tf.version.tfjs}, backend ${backend}`,
    answer: () => {
      const fresh = made()
      const losses = Array.from({ length: compared }, fresh.step)
      fresh.dispose()
      return { losses }
    },
    time: (calls) => {
      const began = performance.now()
      for (let call = 0; call < calls; call++) kept.step()
      return performance.now() - began
    },
    dispose: () => {
      kept.dispose()
      tf.dispose([rows, pairs, off, nodeTruth, edgeTruth])
    },
  }
}
