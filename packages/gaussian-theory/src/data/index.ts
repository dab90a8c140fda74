/**
 * Constants and checks of inputs for listings and forms, without any module that computes.
 *
 * @module
 */
export { checkSetSystem, type SetSystem } from '../hardness/set-system.js'
export { referenceRates, type ReferenceRate } from '../restarts/reference-rates.js'
