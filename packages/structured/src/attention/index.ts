export { attentionMap } from './attention-map.js'
