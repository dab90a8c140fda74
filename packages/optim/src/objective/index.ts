export type { Objective, SampledObjective } from './objective.js'
export { checkGradient, type GradientCheck, type GradientCheckOptions } from './check-gradient.js'
export { checkHessian, type HessianCheck } from './check-hessian.js'
export { hessianMatrix } from './hessian.js'
