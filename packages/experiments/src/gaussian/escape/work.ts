export { concludeEscape as conclude } from './conclude.js'
export { checkEscape as check, measureEscape as measure } from './measure.js'
