export {
  manyStarts,
  type Finished,
  type ManyStarts,
  type ManyStartsOptions,
} from './many-starts.js'
export { summarise, type Summary } from './summary.js'
