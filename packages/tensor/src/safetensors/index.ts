export type { ArrayOf, Dtype, StoredTensor } from './dtypes.js'
export { readSafetensors, SafetensorsError, type Safetensors } from './read.js'
export { writeSafetensors } from './write.js'
