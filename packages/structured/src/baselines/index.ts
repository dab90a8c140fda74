// The frequency baseline of scene graphs.
export {
  frequencyCounter,
  seenIn,
  type FrequencyCounter,
  type FrequencyTable,
} from './frequency-table.js'
export {
  frequencyPredictor,
  pairFrequencies,
  type FrequencyPredictor,
} from './frequency-predictor.js'

// LSTMs in place of the layer's sums.
export { recurrentNet } from './make-net.js'
export { readingOrder, type ReadingOrder } from './reading-order.js'
export type { RecurrentNet, RecurrentNetOptions } from './recurrent-net.js'
