import { bytes } from '../generated/vector.js'
import { instantiateKernels, once } from './instantiate.js'

export { instantiateKernels } from './instantiate.js'
export { createWorkspace, type Workspace } from './workspace.js'

/**
 * Whether WebAssembly kernels with SIMD run here. Where they do not, every function of this package gives the same bits
 * from plain TypeScript, 5 to 15 times slower in matrix products.
 */
export const simdAvailable: () => boolean = once(() => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  return instantiateKernels(bytes, { env: { memory } }) !== undefined
})
