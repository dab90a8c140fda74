import { once } from './instantiate.js'
import { createWorkspace } from './workspace.js'

export { instantiateKernels } from './instantiate.js'
export { createWorkspace, type Workspace } from './workspace.js'

/**
 * Whether WebAssembly kernels with SIMD are available. Where they are not, every function of this
 * package gives the same bits in plain TypeScript; matrix products are 5 to 15 times slower.
 */
export const simdAvailable: () => boolean = once(() => createWorkspace(1).kernels === 'wasm')
