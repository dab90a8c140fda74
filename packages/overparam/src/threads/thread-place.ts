import type { LayerPlace } from '../network/layer-work.js'
import type { BlockPlace } from '../sgd/block-work.js'
import type { GramPlace } from '../sgd/gram-work.js'

/** What the second thread works on: a memory that both have, and where everything lies in it. */
export interface ThreadPlace {
  readonly memory: WebAssembly.Memory
  readonly layer: LayerPlace
  readonly blocks: BlockPlace
  readonly gram: GramPlace
}
