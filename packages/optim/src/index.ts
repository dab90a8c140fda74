// Claims: hypotheses checked, conclusions decided on the actual run.
export * from './claims/index.js'

// Runs: step, watch, stop; pause, save, resume.
export * from './run/index.js'

// Objectives, and whether their derivatives are right.
export * from './objective/index.js'

// Optimisers: plain-data states, all driven by `run`.
export * from './optimise/index.js'

// Many starts from named streams.
export * from './starts/index.js'

// Certificates: a strict local minimum, proved at a point.
export * from './certify/index.js'
