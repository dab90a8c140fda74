export {
  budgetOp,
  type BudgetOp,
  type BudgetOpOptions,
  type ExactBudgetOptions,
  type SmoothBudgetOptions,
} from './budget-op.js'
export { gpiOp, type GpiOp } from './gpi-op.js'
export type { GraphTensors, LabelTensors, ParameterTensors } from './types.js'
export { registerLayers, type StructuredLayers } from './register-layers.js'
export type { BudgetLayerArgs } from './budget-layer.js'
export type { GraphLayer, GraphLayerArgs } from './graph-layer.js'
export type { ReadoutArgs } from './readout-layer.js'
export { float32Bound } from './float32-bound.js'
export {
  tfjsEquivariant,
  tfjsForward,
  tfjsSaved,
  tfjsTrains,
  type ScoresCompared,
} from './claims.js'
