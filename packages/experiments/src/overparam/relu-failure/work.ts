export { concludeReluFailure as conclude } from './conclude.js'
export { checkReluFailure as check, measureReluFailure as measure } from './measure.js'
