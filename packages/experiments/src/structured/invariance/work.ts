export { concludeInvariance as conclude } from './conclude.js'
export { checkInvariance as check, measureInvariance as measure } from './measure.js'
