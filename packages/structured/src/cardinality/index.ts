export { poissonBinomial } from './poisson-binomial.js'
export {
  cardinalityLogZ,
  cardinalityMarginals,
  cardinalitySample,
  countPotential,
  type CardinalityMarginals,
} from './cardinality-law.js'
export { cardinalityMap, decodeF1, decodeTopK, threshold, type ExpectedF1 } from './decode.js'
export { f1Example } from './f1-example.js'
export { makeMultilabel, type Multilabel, type MultilabelOptions } from './make-multilabel.js'
