// Gradient descent on the no-overlap loss: steps, invariants, bounds, escape, rates.
export { gdStep, reducedStep, type Polar } from './step.js'
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
} from './invariant-claims.js'
export { invariants, type Invariant } from './invariants.js'
export {
  stationaritySteps,
  escapeSteps,
  linearFactor,
  totalSteps,
  type Bound,
  type DescentStart,
} from './bounds.js'
export {
  startHypotheses,
  stationarity,
  escape,
  escapeSharp,
  reachesMinimum,
  type StepsFacts,
} from './bound-claims.js'
export {
  sameRunTolerance,
  sameRun,
  limitRate,
  type SameRunFacts,
  type LimitRateFacts,
} from './long-run-claims.js'
export {
  escapeTime,
  escapeLaw,
  antiparallelStart,
  type EscapeSetting,
  type AntiparallelEnd,
} from './escape-law.js'
export {
  startAngleGap,
  randomStart,
  oneWeight,
  startAngle,
  type RandomStarts,
  type StartAngles,
} from './random-start.js'
export {
  antiparallelAngle,
  antiparallelDensity,
  antiparallelProbability,
} from './start-probability.js'
export { rateTheorem, type RateTheorem } from './rate-theorem.js'
export { runGD, type GDOptions, type GDReport, type GDStatus } from './run-gd.js'
export type { GDBounds, GoalsMet } from './run-verdicts.js'
export {
  heavyBallAtItsRate,
  heavyBallRadius,
  heavyBallRate,
  polyakBeatsDescent,
  polyakParameters,
  teacherCurvatures,
  type HeavyBall,
  type HeavyBallRun,
} from './heavy-ball.js'
