import { certificates } from './certificates.mjs'
import { overparam } from './overparam.mjs'
import { overlap } from './overlap.mjs'
import { noOverlap } from './no-overlap.mjs'

/** What `nonconvex bench` knows, in the order in which it runs. */
export const benches = [overlap, noOverlap, certificates, overparam]
