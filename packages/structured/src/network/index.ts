export { networkScenes, type NetworkScenes } from './network-scenes.js'
export { networkPredictor, type NetworkPredictor } from './network-predictor.js'
export { annotatedNetwork, networkDefaults, type NetworkOptions } from './network-options.js'
export {
  networkTraining,
  type NetworkTraining,
  type NetworkTrainingOptions,
} from './network-training.js'
