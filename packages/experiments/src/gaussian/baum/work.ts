export { concludeBaum as conclude } from './conclude.js'
export { checkBaum as check, measureBaum as measure } from './measure.js'
