import {
  escapeClaim,
  escapeSteps,
  sharpEscapeClaim,
  stationarityClaim,
  stationaritySteps,
  totalClaim,
  totalSteps,
  type Bound,
} from '@nonconvex/gaussian-theory'
import { etaOf, TOL_GRADIENT, type RunMeasured } from './measure.js'
import type { GdRateParams } from './params.js'

/** A run with the numbers of steps that the theorems allow it, by claim. */
export interface Bounded {
  readonly run: RunMeasured
  readonly bounds: { readonly [claim: string]: Bound }
}

/** The bounds of one start, evaluated from its two scalars and its loss. */
export function boundsOf(run: RunMeasured, params: GdRateParams): Bounded['bounds'] {
  const { k, eps } = params
  const { r0, phi0, loss0 } = run
  const start = { r0, phi0, loss0, R: 1, k, eta: etaOf(params) }
  return {
    [totalClaim.id]: totalSteps({ ...start, eps }),
    [stationarityClaim.id]: stationaritySteps({ ...start, eps: TOL_GRADIENT }),
    [escapeClaim.id]: escapeSteps(start),
    [sharpEscapeClaim.id]: escapeSteps({ ...start, sharp: true }),
  }
}
