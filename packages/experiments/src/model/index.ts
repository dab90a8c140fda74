// The files of a model
export {
  digestNames,
  modelName,
  modelSchema,
  modelText,
  modelWriter,
  pageName,
  weightsName,
} from './written-model.js'
export type { ModelWriter, Sha256, WrittenModel } from './written-model.js'
