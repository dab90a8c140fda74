import * as structured from '@nonconvex/structured/batch'
import { cardinality } from './cardinality.mjs'
import { certificates } from './certificates.mjs'
import { chains } from './chains.mjs'
import { layer } from './layer.mjs'
import { multilabel } from './multilabel.mjs'
import { noOverlap } from './no-overlap.mjs'
import { overlap } from './overlap.mjs'
import { overparam } from './overparam.mjs'
import { recall } from './recall.mjs'
import { samples } from './samples.mjs'

/**
 * What `nonconvex bench` knows, in the order in which it runs; the layer where the package has its
 * batched form.
 */
export const benches = [
  overlap,
  noOverlap,
  samples,
  certificates,
  overparam,
  ...('batchedLayer' in structured ? [layer] : []),
  recall,
  cardinality,
  multilabel,
  chains,
]
