// How linear a network is, and what it learned
export {
  linearity,
  type Linearity,
  type LinearityOptions,
  type PointLinearity,
} from './linearity.js'
export { rankOneNorm } from './rank-one.js'
export type { Spectrum } from './spectrum.js'

// Claims
export {
  beyondLinear,
  likesLinear,
  linearityKind,
  rankNotLeast,
  traceNormNotLeast,
  traceNormRatio,
  type BiasFacts,
} from './claims.js'
