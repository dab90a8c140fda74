// Sequences of tokens from files, and their features.
export { readColumns, type TokenColumns, type TokenSequence } from './columns.js'
export {
  featureNumbers,
  featureTemplates,
  sequenceFeatures,
  tokenFeatures,
  wordShape,
  type FeatureNumbers,
  type FeatureTemplate,
} from './templates.js'

// Tags of entities and their scores.
export {
  entitiesOf,
  entityF1,
  sequenceScores,
  tagScheme,
  tagSchemes,
  type Entity,
  type EntityCounts,
  type SequenceScores,
  type TaggedLines,
  type TagScheme,
} from './entities.js'
