export { concludeCardinality as conclude } from './conclude.js'
export { checkCardinality as check, measureCardinality as measure } from './measure.js'
