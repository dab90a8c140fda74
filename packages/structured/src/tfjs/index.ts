export {
  budgetOp,
  type BudgetOp,
  type BudgetOpOptions,
  type ExactBudgetOptions,
  type SmoothBudgetOptions,
} from './budget-op.js'
export { gpiOp, type GpiOp } from './gpi-op.js'
export type { GraphTensors, LabelTensors, ParameterTensors } from './types.js'
