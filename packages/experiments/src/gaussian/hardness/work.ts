export { concludeHardness as conclude } from './conclude.js'
export { checkHardness as check, measureHardness as measure } from './measure.js'
