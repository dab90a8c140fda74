export { reluPairQuadrature } from './quadrature.js'
export { reluPairNaive } from './naive.js'
export { exactOppositeAngle } from './exact-angle.js'
export * from './claims.js'
