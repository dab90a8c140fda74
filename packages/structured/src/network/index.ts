export { networkScenes, type NetworkScenes } from './network-scenes.js'
export { networkPredictor, type NetworkPredictor } from './network-predictor.js'
