// A network for one's own examples, with all that can be certified about it
export { fitSeparable } from './fit-separable.js'
export type { FitOptions, FitProgress, SeparableFit } from './fit-separable.js'
export { fitSize, type FitSize } from './fit-size.js'
export { errorInterval, foldsOf, tableRows } from './folds.js'
export type { ErrorInterval, HeldOutErrors } from './folds.js'
export type { TableFacts } from './inspect.js'
export type { Agreement, RuleErrors } from './rules.js'
export { budgetOf, widthOptions } from './run-width.js'
export type { Budget, ErrorCount, WidthOptions, WidthRun } from './run-width.js'
export type { Separation, WitnessRow } from './separate.js'

// The document of a fit
export {
  asRead,
  documentInput,
  documentParameters,
  documentTraining,
  fitDocument,
} from './fit-document.js'
export type { FitRecord } from './fit-document.js'

// The model, as it is kept and used
export { modelFrom, modelOutputs, modelTensors } from '../model/model.js'
export type { ModelSettings, SeparableModel } from '../model/model.js'
export { prepare, standardisation, unitScale } from '../model/preparation.js'
export type { Preparation, Standardisation } from '../model/preparation.js'
