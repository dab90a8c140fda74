export { concludeNoOverlap as conclude } from './conclude.js'
export { checkPoint as check, measurePoint as measure } from './point.js'
