export { checkGPI, type CheckGPIOptions, type Counterexample, type GPIReport } from './check-gpi.js'
export { graphInWords } from './describe.js'
export type { Difference } from './compare.js'
export { mixedSampler, type GraphSampler } from './mixed-sampler.js'
