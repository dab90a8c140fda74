export {
  localMinima,
  type FoundMinimum,
  type MinimaFound,
  type MinimaOptions,
} from './local-minima.js'
export { eulerNumber, findSaddles, type FoundSaddle, type SaddleOptions } from './saddles.js'
export * from './opposite-point.js'
export * from './claims.js'
