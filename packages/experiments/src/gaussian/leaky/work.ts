export { concludeLeaky as conclude } from './conclude.js'
export { checkLeaky as check, measureLeaky as measure } from './measure.js'
