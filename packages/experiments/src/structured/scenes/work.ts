export { concludeScenes as conclude } from './conclude.js'
export { checkScenes as check, measureScenes as measure } from './measure.js'
