// Linear networks: no spurious local minima, their saddles, their dynamics, residual layers.
export { linearNetwork } from './chain.js'
export {
  linearMinimum,
  criticalValues,
  criticalPoint,
  type CriticalValue,
  type LinearMinimum,
} from './critical-values.js'
export { saxeMode, saxeHalfTime } from './saxe.js'
export {
  residualNetwork,
  residualGradientBound,
  residualSolution,
  type ResidualGradient,
  type ResidualProblem,
} from './residual.js'
export { factorization } from './factorization.js'
export {
  linearMinimumReached,
  linearCriticalValues,
  linearSaddlesStrict,
  linearFlatSaddle,
  saxeTimes,
  residualGradient,
  residualGradientAttained,
  residualSolved,
  factorizationEscape,
  type FlatSaddle,
  type LinearCriticalPoints,
  type LinearData,
  type LinearEnds,
  type ResidualPoint,
  type ResidualSolved,
  type SaxeRun,
  type WrongEigenvector,
} from './claims.js'
