export { concludeReluPositive as conclude } from './conclude.js'
export { checkReluPositive as check, measureReluPositive as measure } from './measure.js'
