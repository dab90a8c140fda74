// Gradient descent on the no-overlap loss: steps, invariants, bounds, escape, rates.
export { gdStep, reducedStep, stepsUntil, type Polar } from './step.js'
export {
  descentState,
  nextState,
  PHI_RESOLUTION,
  type DescentProblem,
  type DescentState,
} from './state.js'
export {
  cone,
  twoScalars,
  normAbove,
  normBelow,
  normRange,
  descent,
  steepness,
  distance,
  linearRate,
  invariantClaims,
  appliesTo,
  type TallyFacts,
} from './claims.js'
export { invariants, type Invariant } from './invariants.js'
export {
  stationaritySteps,
  escapeSteps,
  linearFactor,
  totalSteps,
  type Bound,
  type DescentInitialization,
} from './bounds.js'
export {
  initializationHypotheses,
  stationarity,
  escape,
  escapeSharp,
  reachesMinimum,
  type StepsFacts,
} from './claims.js'
export {
  sameRunTolerance,
  sameRun,
  limitRate,
  type SameRunFacts,
  type LimitRateFacts,
} from './claims.js'
export {
  escapeScaling,
  antiparallelInitialization,
  type EscapeSetting,
  type AntiparallelEnd,
} from '../initialization/claims.js'
export { escapeTime } from './bounds.js'
export {
  randomInitialization,
  oneWeight,
  initialAngle,
  type RandomInitializations,
} from '../initialization/claims.js'
export { initialAngleGap, type InitialAngles } from '../initialization/probability.js'
export {
  antiparallelAngle,
  antiparallelDensity,
  antiparallelProbability,
} from '../initialization/probability.js'
export {
  rateTheorem,
  rateWithProbability,
  type ProbableRateFacts,
  type RateTheorem,
} from './rate-theorem.js'
export { runGD, type GDOptions, type GDReport, type GDStatus } from './run-gd.js'
export type { GDBounds, GoalsMet } from './run-verdicts.js'
export {
  descentRate,
  heavyBallRadius,
  heavyBallRate,
  polyakParameters,
  teacherCurvatures,
  type HeavyBall,
} from '../momentum/heavy-ball.js'
export {
  descentAttainsRate,
  heavyBallAtItsRate,
  polyakBeatsDescent,
  type HeavyBallRun,
} from '../momentum/claims.js'
export { escapeAssertions, escapeConstant } from './escape-proof.js'
export { linearRateProved, rateAssertions } from './rate-proof.js'
