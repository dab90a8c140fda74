export { concludeGeneralization as conclude } from './conclude.js'
export { checkSample as check, measureSample as measure } from './measure.js'
