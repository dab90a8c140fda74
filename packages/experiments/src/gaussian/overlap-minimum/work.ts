export { concludeMinimum as conclude } from './conclude.js'
export { checkMinimum as check, measureMinimum as measure } from './measure.js'
