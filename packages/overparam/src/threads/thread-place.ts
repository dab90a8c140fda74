import type { LayerPlace } from '../network/layer-work.js'
import type { BlockPlace } from '../sgd/block-work.js'
import type { GramPlace } from '../sgd/gram-work.js'

/** The shared memory of the second thread, with all addresses. */
export interface ThreadPlace {
  readonly memory: WebAssembly.Memory
  readonly layer: LayerPlace
  readonly blocks: BlockPlace
  readonly gram: GramPlace
}
