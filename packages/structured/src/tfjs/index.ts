export { gpiOp, type GpiOp } from './gpi-op.js'
export type { GraphTensors, LabelTensors, ParameterTensors } from './types.js'
