export {
  leakyGradient,
  leakyHessian,
  leakyLoss,
  leakyOneSided,
  leakySmoothness,
} from './leaky-loss.js'
export {
  leakyAntiparallel,
  leakyEscapePerDecade,
  leakyThreshold,
  type LeakyAntiparallel,
} from './leaky-antiparallel.js'
export { leakyDescent, type LeakyDescent } from './leaky-descent.js'
export { arcCosineLoss } from './arc-cosine-loss.js'
export {
  leakyEscape,
  leakyRises,
  leakySaddle,
  type LeakyEscapeFacts,
  type LeakyLandscape,
} from './claims.js'
export {
  leakyPotential,
  leakyPotentialSides,
  type LeakyPotentialFacts,
  type PotentialSides,
} from './potential.js'
export { leakyThresholdProved, thresholdAssertions } from './threshold-proof.js'
