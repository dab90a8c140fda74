import { labelOutputs, multilabelTraining } from '@nonconvex/structured/multilabel'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'

// as Bibtex: its numbers of examples, features and labels, and the entries of a row
const [ROWS, FEATURES, LABELS, ENTRIES, OWN] = [4880, 1836, 159, 69, 2]
const SHOWN = 50

/** One epoch of a multilabel network on sparse examples. */
export const multilabel = {
  name: 'multilabel',
  about: 'an epoch of a multilabel network on sparse examples of the size of Bibtex',
  async run(context) {
    const numpy = context.python('multilabel_python.py', ['numpy'])
    const draws = stream(1).child('multilabel')
    const data = examples(draws.child('examples'))
    const options = {
      hidden: 150,
      dropout: 0,
      batch: 50,
      rate: 1e-3,
      stream: draws.child('network'),
    }
    const first = multilabelTraining(data, options).state().layers
    const order = draws.child('network').child('order', 0).permutation(ROWS)
    const dense = (count, { start, index }) => {
      const x = new Float64Array(ROWS * count)
      for (let r = 0; r < ROWS; r++)
        for (let t = start[r]; t < start[r + 1]; t++) x[r * count + index[t]] = 1
      return x
    }
    await context.task({
      title: `an epoch, ${ROWS} × ${FEATURES}, ${ENTRIES} entries a row, 150 hidden units, ${LABELS} labels`,
      variants: [
        here(
          'ours (multilabelTraining)',
          () => {
            const { network, epoch } = multilabelTraining(data, options)
            return { network, loss: epoch() }
          },
          ({ network, loss }) => ({
            loss: Float64Array.of(loss),
            outputs: labelOutputs(network, data).subarray(0, SHOWN * LABELS),
          }),
        ),
        await numpy?.variant('NumPy, dense batches', 'epoch', {
          options: {
            rows: ROWS,
            features: FEATURES,
            labels: LABELS,
            hidden: 150,
            batch: 50,
            rate: 1e-3,
            shown: SHOWN,
          },
          arrays: {
            x: dense(FEATURES, data.x),
            y: dense(LABELS, data.y),
            order,
            w1: first.w1.p,
            b1: first.b1.p,
            w2: first.w2.p,
            b2: first.b2.p,
          },
        }),
      ],
      // float32 sums in another order, through 98 steps of Adam
      tolerances: { loss: 1e-4, outputs: 1e-2 },
    })
  },
}

/** Rows of entries 1, and labels. */
function examples(draws) {
  const pick = (count, of) => {
    const found = new Set()
    while (found.size < count) found.add(draws.integer(of))
    return [...found].sort((a, b) => a - b)
  }
  const starts = (count) => Int32Array.from({ length: ROWS + 1 }, (_, r) => r * count)
  const indices = (count, of) =>
    Int32Array.from(Array.from({ length: ROWS }, () => pick(count, of)).flat())
  const index = indices(ENTRIES, FEATURES)
  return {
    features: Array.from({ length: FEATURES }, (_, j) => `x${j}`),
    labels: Array.from({ length: LABELS }, (_, l) => `y${l}`),
    rows: ROWS,
    x: { start: starts(ENTRIES), index, value: new Float64Array(index.length).fill(1) },
    y: { start: starts(OWN), index: indices(OWN, LABELS) },
  }
}
