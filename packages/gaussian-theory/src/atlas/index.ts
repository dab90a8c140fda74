export {
  localMinima,
  type FoundMinimum,
  type MinimaFound,
  type MinimaOptions,
} from './local-minima.js'
export { eulerNumber, findSaddles, type FoundSaddle, type SaddleOptions } from './saddles.js'
export {
  oppositeKind,
  reversalDefect,
  type PointKind,
  type OppositeFound,
} from './opposite-point.js'
export { oppositeCritical } from './claims.js'
export { indexSum, barriers, atlasMinima, atlasSaddles, type AtlasPage } from './claims.js'
export { atlasProved } from './proof-claims.js'
