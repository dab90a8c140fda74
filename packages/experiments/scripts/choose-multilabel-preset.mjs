// Hidden units, dropout and learning rate of the quick preset of structured/multilabel, by the
// cross-entropy of a validation split: 1,200 training examples and 300 others of each set, of a stream
// that no run uses, three initializations. See decision 031.
import { labelProbabilities, labelsOf, multilabelNetwork } from '@nonconvex/structured/multilabel'
import { stream } from '@nonconvex/tensor'
import { splitOf } from '../dist/structured/multilabel/examples.js'

const shared = stream(1).child('validation of a preset')
const params = { train: 1500, test: 1, maxDigits: 6 }
const { signal } = new AbortController()
const sets = []
for (const set of ['synthetic', 'digits'])
  sets.push((await splitOf(set, { params, shared, signal })).train)

const part = (data, from, to) => ({
  ...data,
  rows: to - from,
  x: { ...data.x, start: data.x.start.slice(from, to + 1) },
  y: { ...data.y, start: data.y.start.slice(from, to + 1) },
})

/** Mean cross-entropy of the examples, summed over labels. */
function crossEntropy(p, data) {
  const L = data.labels.length
  let loss = 0
  for (let r = 0; r < data.rows; r++) {
    const own = p.subarray(r * L, (r + 1) * L)
    for (const q of own) loss -= Math.log1p(-Math.min(q, 1 - 1e-12))
    for (const l of labelsOf(data, r)) {
      const q = Math.max(own[l], 1e-12)
      loss -= Math.log(q) - Math.log1p(-Math.min(q, 1 - 1e-12))
    }
  }
  return loss / data.rows
}

const found = []
for (const epochs of [10, 20])
  for (const hidden of [24, 50])
    for (const dropout of [0, 0.25, 0.5])
      for (const rate of [1e-3, 2e-3, 5e-3, 1e-2]) {
        const losses = sets.map((data) => {
          const seeds = [0, 1, 2].map((seed) => {
            const options = { epochs, hidden, dropout, rate, stream: shared.child('network', seed) }
            const network = multilabelNetwork(part(data, 0, 1200), options)
            const valid = part(data, 1200, 1500)
            return crossEntropy(labelProbabilities(network, valid), valid)
          })
          return seeds.reduce((sum, loss) => sum + loss, 0) / seeds.length
        })
        found.push({ epochs, hidden, dropout, rate, sum: losses[0] + losses[1], losses })
      }

for (const { losses, sum, ...options } of found.sort((a, b) => a.sum - b.sum))
  process.stdout.write(
    `${JSON.stringify(options)} ${[sum, ...losses].map((x) => x.toFixed(3)).join(' ')}\n`,
  )
