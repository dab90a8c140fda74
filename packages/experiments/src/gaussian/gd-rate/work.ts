export { concludeGdRate as conclude } from './conclude.js'
export { checkStarts as check, measureStarts as measure } from './measure.js'
