export {
  EMPTY,
  ENTIRE,
  contains,
  hull,
  intersect,
  interval,
  isBounded,
  isEmpty,
  magnitude,
  mid,
  mignitude,
  type Interval,
  type Operand,
} from './interval.js'
export { abs, add, div, mul, neg, sqr, sqrt, sub } from './arithmetic.js'
export { HALF_PI, PI, TWO_PI } from './pi.js'
export { acos, atan, atan2 } from './atan.js'
export { cos, sin } from './trig.js'
export {
  angles,
  box,
  dot,
  intervalMatrix,
  norm2,
  type IntervalAngles,
  type IntervalMatrix,
  type IntervalVector,
} from './vector.js'
export {
  largestEigenvalue,
  smallestEigenvalue,
  type SmallestEigenvalue,
} from './smallest-eigenvalue.js'
