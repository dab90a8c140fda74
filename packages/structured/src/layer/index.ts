export {
  gpiLayer,
  type EdgeArguments,
  type GPILayer,
  type GPILayerOptions,
  type LayerLabels,
  type LiteralArguments,
  type LocalArguments,
  type NodeArguments,
  type PairArguments,
  type VectorMap,
} from './gpi-layer.js'
export type { Pool } from './pool.js'
export { repeatGPI, type RepeatOptions } from './repeat-gpi.js'
