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
export type { IntervalMatrix, IntervalVector } from './vector.js'
