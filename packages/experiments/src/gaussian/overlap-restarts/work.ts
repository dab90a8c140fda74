export { concludeRestarts as conclude } from './conclude.js'
export { checkRestarts as check, measureRestarts as measure } from './measure.js'
