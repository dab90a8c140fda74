// The digits that come with the package
export { loadDigits } from './load-digits.js'
export type { Digits } from './parse-digits.js'
export { parseDigits } from './parse-digits.js'
export { DigitsError } from './digits-error.js'

// A binary task from them
export { digitsTask } from './digits-task.js'
export type { DigitsTask, DigitsTaskOptions } from './digits-task.js'

// Files of the MNIST kind
export { loadIdx } from './load-idx.js'
export { parseIdxImages, parseIdxLabels } from './idx.js'
export type { IdxImages } from './idx.js'
export { gunzip } from './gunzip.js'
