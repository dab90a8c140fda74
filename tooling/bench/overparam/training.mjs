import { initialWeights, trainSgd, visitor } from '@nonconvex/overparam'
import { digitsTask, loadDigits } from '@nonconvex/overparam/digits'
import { matrix, stream } from '@nonconvex/tensor'
import { agree, compare } from '../harness.mjs'
import { plainSgd } from './plain-sgd.mjs'

const [alpha, eta] = [0.1, 10]

/** Points with y u·x ≥ 0.05 for a unit vector u: every feature of every point is used. */
function denseData(n, d) {
  const s = stream(1).child('bench', n)
  const u = s.unitVector(d)
  const data = new Float64Array(n * d)
  const y = Float64Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1))
  for (let i = 0; i < n; i++) {
    const row = s.unitVector(d)
    const along = row.reduce((sum, value, c) => sum + value * u[c], 0)
    const wanted = y[i] * (0.05 + 0.95 * Math.abs(along))
    row.forEach((value, c) => (data[i * d + c] = value + (wanted - along) * u[c]))
  }
  return { x: matrix(n, d, data), y }
}

function measure(title, data, k, slow = true) {
  const { rows: n, cols: d } = data.x
  const order = { kind: 'permutation', stream: stream(3) }
  const start = initialWeights({ kind: 'scaled', stream: stream(2) }, k, d)
  const train = (engine) => () => trainSgd(data, { k, start, alpha, eta, order, engine })
  const v = 1 / Math.sqrt(2 * k)
  const plain = () => plainSgd(data, { k, start, alpha, eta, v, visit: visitor(order, n) })

  const [expected, ours] = [plain(), train('auto')()]
  for (const engine of ['auto', 'gram', 'sparse', 'primal']) {
    const run = train(engine)()
    agree(`${engine}: updates`, run.sequence, expected.sequence, 0)
    agree(`${engine}: steps`, [run.steps], [expected.steps], 0)
    agree(`${engine}: weights beside the plain loops`, run.net.weights, expected.weights, 1e-9)
    agree(`${engine}: weights, bit for bit`, run.net.weights, ours.net.weights, 0)
  }
  compare(
    `${title}, n = ${n}, d = ${d}, k = ${k}: ${ours.updates} updates, time of one of ${ours.steps} steps`,
    {
      [`auto (${ours.engine})`]: train('auto'),
      gram: train('gram'),
      sparse: train('sparse'),
      ...(slow && { primal: train('primal'), 'plain loops, row after row': plain }),
    },
    { each: ours.steps },
  )
}

/** Whole runs on data without zeros and on digits; of a wide network without the slow variants. */
export async function training() {
  const digits = await loadDigits()
  const task = { digits, positive: [3], negative: [5], train: 1200, stream: stream(1) }
  const { train } = digitsTask(task)
  measure('dense data, to a loss of 0', denseData(200, 20), 10)
  measure('digits 3 against 5, to a loss of 0', train, 10)
  measure('digits 3 against 5, to a loss of 0', train, 100, false)
}
