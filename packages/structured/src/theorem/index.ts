export {
  constructive,
  firstMismatch,
  type Constructive,
  type ConstructiveOptions,
  type Mismatch,
} from './constructive.js'
