export { concludeIntegral as conclude } from './conclude.js'
export { checkIntegral as check, measureIntegral as measure } from './measure.js'
