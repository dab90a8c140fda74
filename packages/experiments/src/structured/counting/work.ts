export { concludeCounting as conclude } from './conclude.js'
export { checkCounting as check, measureCounting as measure } from './measure.js'
