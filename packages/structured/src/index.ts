// Graphs to be labelled, and the order of their nodes.
export {
  checkGraph,
  graphOf,
  pairExists,
  type Graph,
  type GraphLabelling,
  type GraphLabels,
  type Label,
  type Labels,
} from './graph/graph.js'
export { checkPermutation, permuteGraph, permuteLabels, type Permutation } from './graph/permute.js'

// Layers that do not depend on it.
export * from './layer/index.js'

// The same with ReLU networks, on batches, forwards and backwards.
export * from './batch/index.js'

// The same with LSTMs in place of the sums, which do depend on it.
export * from './recurrent/index.js'

// Whether a function depends on it after all.
export * from './check/index.js'

// The theorem, its hard half as a program.
export * from './theorem/index.js'

// Known algorithms as such layers.
export * from './presets/index.js'

// Scene graphs: synthetic ones, a predictor, its training.
export * from './scenes/index.js'

// Where a predictor looks.
export * from './attention/index.js'
// Scenes with names, boxes and pictures.
export * from './demo/index.js'
// How good a predicted scene graph is.
export * from './recall/index.js'

// A predictor of scene graphs that only counts, and what every predictor looks like.
export * from './frequency/index.js'

// Trained predictors on annotated images.
export * from './network/index.js'

// Pictures of scene graphs.
export * from './picture/index.js'

// Labels that keep a budget, and how to differentiate them.
export * from './constrain/index.js'
// Labels whose count has a law of its own.
export * from './cardinality/index.js'

// What is claimed of all this, and how it is decided.
export * from './claims/index.js'
