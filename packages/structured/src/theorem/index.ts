export {
  constructive,
  firstMismatch,
  type Constructive,
  type ConstructiveOptions,
  type Mismatch,
} from './constructive.js'
export { demoFunctions, demoGraph, demoLetters } from './finite-domain.js'
