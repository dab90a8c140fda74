export { reluPairQuadrature } from './quadrature.js'
export { reluPairNaive } from './naive.js'
export { exactOppositeAngle } from './exact-angle.js'
export {
  kernelErrorBudget,
  kernelClosedForm,
  kernelQuadrature,
  kernelDigits,
  kernelArcCosine,
  type KernelErrors,
} from './claims.js'
