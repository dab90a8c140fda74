export { argumentError, type ArgumentDetails } from './errors.js'
export {
  checkBetween,
  checkCount,
  checkFinite,
  checkInteger,
  checkListed,
  checkNonNegative,
  checkPositive,
  checkProbability,
  checkProperFraction,
} from './numbers.js'
export {
  checkDistinct,
  checkFiniteMatrix,
  checkFiniteSquare,
  checkFiniteVector,
  checkLength,
  checkMatrix,
  checkNotEmpty,
  checkNotZero,
  checkSameLength,
  checkVector,
  firstNotFinite,
} from './arrays.js'
