// Scenes with boxes, classes and relations, and the format in which they are exchanged
export {
  boxOddity,
  NO_CLASS,
  NO_PREDICATE,
  type AnnotatedScene,
  type PairLogits,
  type RelationScore,
  type SceneHeader,
  type ScenePart,
  type SceneSource,
  type TrainedOn,
  type Vocabulary,
} from './annotated-scene.js'
export { exchangeHeader, exchangeLine, readExchange } from './exchange.js'
export { predictionLine, scenePrediction } from './scene-prediction.js'

// Published data sets
export { readGqa, gqaScenes, type GqaOptions } from './gqa.js'
export {
  countNames,
  plainName,
  vocabularyOf,
  type NameCounts,
  type NamedScene,
} from './named-scene.js'
export { readVg150, type Vg150Files, type Vg150Options, type Vg150Split } from './vg150.js'
export {
  readVisualGenome,
  visualGenomeScenes,
  type VisualGenomeFiles,
  type VisualGenomeOptions,
} from './visual-genome.js'
export { readVrd, type VrdFiles } from './vrd.js'

// HDF5, whichever library reads it
export {
  hdf5FromH5wasm,
  hdf5FromJsfive,
  type H5wasmFile,
  type Hdf5Rows,
  type Hdf5Source,
  type JsfiveFile,
} from './hdf5.js'

// Files in pieces
export { jsonItems, type JsonItem } from './json-items.js'
export type { Pieces } from './text-pieces.js'
export { SceneDataError, type ScenePlace } from './scene-data-error.js'
