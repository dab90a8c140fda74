// Claims: hypotheses checked, conclusions decided on the actual run.
export * from './claims/index.js'

// Runs: step, watch, stop; pause, save, resume.
export * from './run/index.js'
