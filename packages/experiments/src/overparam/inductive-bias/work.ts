export { concludeInductiveBias as conclude } from './conclude.js'
export { checkBias as check, measureBias as measure } from './measure.js'
