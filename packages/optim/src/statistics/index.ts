export { NORMAL_95 } from './normal.js'
export {
  clusteredDifference,
  newcombeInterval,
  wilsonInterval,
  type DifferenceInterval,
  type Interval,
  type Successes,
} from './proportions.js'
export { logBinomial } from './log-binomial.js'
export { binomialUpperLimit, clopperPearson, logBinomialTail } from './binomial-tail.js'
export {
  interval95,
  meanWithError,
  pairedDifference,
  pairedRatioDifference,
  type MeanWithError,
} from './paired.js'
export { kendall, type Groups } from './kendall.js'
export { student95, studentInterval, twoWayMean, type MeanByStudent } from './two-way.js'

// Compression bounds: the error of what a few examples determine.
export { checkSubset, checkUpdates, errorOfCodes } from './counts.js'
export type { SubsetCounts, UpdateCounts } from './counts.js'
export { agnosticBound, multisetBound, sequenceBound, subsetBound } from './compression.js'
export { firstPassBound, type FirstPassCounts } from './online.js'
