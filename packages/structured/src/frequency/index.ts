export type { ScenePredictor, SceneTask } from './scene-predictor.js'
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
