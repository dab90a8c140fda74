import { once } from './instantiate.js'
import { createWorkspace } from './workspace.js'

export { instantiateKernels } from './instantiate.js'
export { createWorkspace, type Workspace } from './workspace.js'

/**
 * Whether WebAssembly kernels with SIMD run here. Where they do not, every function of this package
 * gives the same bits from plain TypeScript, 5 to 15 times slower in matrix products.
 */
export const simdAvailable: () => boolean = once(() => createWorkspace(1).kernels === 'wasm')
