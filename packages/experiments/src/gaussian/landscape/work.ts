export { concludeLandscape as conclude } from './conclude.js'
export { checkLandscape as check, measureLandscape as measure } from './measure.js'
