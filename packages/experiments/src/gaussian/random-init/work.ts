export { concludeInit as conclude } from './conclude.js'
export { checkInit as check, measureInit as measure } from './measure.js'
