export { concludeAtlas as conclude } from './conclude.js'
export { checkAtlas as check, measureAtlas as measure } from './measure.js'
