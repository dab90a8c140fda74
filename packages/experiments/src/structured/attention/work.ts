export { concludeAttention as conclude } from './conclude.js'
export { checkAttention as check, measureAttention as measure } from './measure.js'
