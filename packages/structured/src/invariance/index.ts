// Whether a function is graph-permutation invariant: sampled, with a minimal counterexample.
export { checkGPI, type CheckGPIOptions, type Counterexample, type GPIReport } from './check-gpi.js'
export { graphInWords } from './describe.js'
export type { Difference } from './compare.js'
export { mixedSampler, type GraphSampler } from './mixed-sampler.js'

// The theorem's necessity as a program.
export {
  constructive,
  firstMismatch,
  type Constructive,
  type ConstructiveOptions,
  type Mismatch,
} from './constructive.js'
export { demoFunctions, demoGraph, demoLetters } from './finite-domain.js'

// Claims of the theorem.
export {
  formIsInvariant,
  invariantHasForm,
  literalIsBlind,
  onlyInvariantHasForm,
  violatorsAreFound,
  type ConstructionFacts,
  type InvarianceFacts,
  type PathFacts,
  type ViolatorFacts,
} from './claims.js'
