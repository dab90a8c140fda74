/**
 * Tables and forms of input, without anything that computes: for those who list and ask before they
 * work.
 *
 * @module
 */
export { checkSetSystem, type SetSystem } from '../hardness/set-system.js'
export { referenceRates, type ReferenceRate } from '../restarts/reference-rates.js'
