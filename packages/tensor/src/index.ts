export * from './errors.js'
export * from './random/index.js'
export * from './dense/index.js'
