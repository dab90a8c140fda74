export { concludeDemo as conclude } from './conclude.js'
export { checkDemo as check, measureDemo as measure } from './measure.js'
