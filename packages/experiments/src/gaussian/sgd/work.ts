export { concludeSGD as conclude } from './conclude.js'
export { checkSGD as check, measureSGD as measure } from './measure.js'
