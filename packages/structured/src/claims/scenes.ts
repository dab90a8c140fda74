import { decide, hypothesis, readable } from '@nonconvex/optim/claims'
import type { Claim, Verdict } from '@nonconvex/optim/claims'

const talk = 'Scene graphs are predicted better jointly than object by object'

export const contextClaim: Claim = {
  id: 'structured/context-helps',
  title: 'The invariant network is right more often than any rule on single objects',
  rigor: 'statistical',
  source: { talk, ours: 'scenes whose best rules are known by enumeration' },
}
export const jointBoundClaim: Claim = {
  id: 'structured/below-joint-bound',
  title: 'No network is right more often than the best joint rule',
  rigor: 'statistical',
  source: { ours: 'the argmax of the exact marginal posterior' },
}
export const singleBoundClaim: Claim = {
  id: 'structured/single-below-bound',
  title: 'A network without context is not right more often than the best rule on single objects',
  rigor: 'statistical',
  source: { ours: 'the argmax of the exact posterior given the own scores' },
}

export const aboveCountsClaim: Claim = {
  id: 'structured/network-above-counts',
  title: 'On annotated images, the trained network recalls more relations than the counts do',
  rigor: 'statistical',
  source: { talk, ours: 'the frequency baseline on the same test images' },
}

/** The claims about scenes. */
export const sceneClaims: readonly Claim[] = [
  contextClaim,
  jointBoundClaim,
  singleBoundClaim,
  aboveCountsClaim,
]

/** A difference of two shares of right answers, on the same scenes. */
export interface PairedDifference {
  readonly mean: number
  /** standard error over scenes */
  readonly error: number
}

/** 97.5 % quantile of the normal law: 95 % on both sides. */
const Z = 1.959963984540054

const low = ({ mean, error }: PairedDifference): number => mean - Z * error

const interval = (d: PairedDifference): string =>
  `${readable(d.mean, 3)} (${readable(low(d), 3)} to ${readable(d.mean + Z * d.error, 3)})`

/** The difference with its interval that has the smallest, or largest, lower end. */
function extreme(
  all: readonly PairedDifference[],
  worse: (a: number, b: number) => boolean,
): PairedDifference | undefined {
  return all.reduce<PairedDifference | undefined>(
    (found, one) => (found && !worse(low(one), low(found)) ? found : one),
    undefined,
  )
}

/** Gain of the joint rule below which context is too weak to be seen. */
const ENOUGH = 0.06

/**
 * Whether every trained network is above the best rule on single objects, by the lower end of its 95 % interval.
 *
 * @param gains - network minus rule, one for each network
 * @param jointGain - the best joint rule minus the best rule on single objects: what there is to gain
 *
 * @example
 * import { decideContext } from '@nonconvex/structured'
 * console.log(decideContext([{ mean: 0.1, error: 0.01 }], 0.14).status) // → holds
 */
export function decideContext(gains: readonly PairedDifference[], jointGain: number): Verdict {
  const worst = extreme(gains, (a, b) => a < b) ?? { mean: 0, error: 0 }
  return decide(contextClaim, {
    statement: `${readable(gains.length)} networks; the least gain over the best rule on single objects is ${interval(worst)}, ${readable(jointGain, 3)} is possible`,
    measured: low(worst),
    relation: '>=',
    bound: 0,
    confidence: 0.95,
    hypotheses: [
      hypothesis(`context is worth ${ENOUGH} of all objects`, jointGain >= ENOUGH, jointGain),
    ],
    ...(gains.length === 0 && { undecided: 'no network' }),
  })
}

/**
 * Whether no network is above the best joint rule: not by more than chance.
 *
 * @param over - network minus joint rule, one for each network
 *
 * @example
 * import { decideJointBound } from '@nonconvex/structured'
 * console.log(decideJointBound([{ mean: -0.04, error: 0.01 }]).status) // → holds
 */
export function decideJointBound(over: readonly PairedDifference[]): Verdict {
  return below(jointBoundClaim, over, 'the best joint rule')
}

/**
 * Whether no network without context is above the best rule on single objects: not by more than chance.
 *
 * @param over - network minus rule, one for each network
 *
 * @example
 * import { decideSingleBound } from '@nonconvex/structured'
 * console.log(decideSingleBound([{ mean: 0.002, error: 0.003 }]).status) // → holds
 */
export function decideSingleBound(over: readonly PairedDifference[]): Verdict {
  return below(singleBoundClaim, over, 'the best rule on single objects')
}

/** Test images below which a mean over them is not normal enough. */
const IMAGES = 30

/**
 * Whether a trained network's recall is above that of the counts, on the same test images: by the lower end of the 95 % interval of every
 * gain. Violated where a whole interval is below 0, and inconclusive where 0 lies in one.
 *
 * @param gains - recall of the network minus recall of the counts, one for each way to measure it
 * @param images - test images with a relation, the mean of whose differences the gains are
 *
 * @example
 * import { decideAboveCounts } from '@nonconvex/structured'
 * console.log(decideAboveCounts([{ mean: 0.015, error: 0.003 }], 954).status) // → holds
 * console.log(decideAboveCounts([{ mean: 0.001, error: 0.003 }], 954).status) // → inconclusive
 */
export function decideAboveCounts(gains: readonly PairedDifference[], images: number): Verdict {
  const worst = extreme(gains, (a, b) => a < b) ?? { mean: 0, error: 0 }
  const high = gains.map(({ mean, error }) => mean + Z * error)
  const below = high.some((x) => x < 0)
  return decide(aboveCountsClaim, {
    statement: `${readable(images)} test images; the least gain in recall over the counts is ${interval(worst)}`,
    measured: low(worst),
    relation: '>=',
    bound: 0,
    // an interval from 0 to 0 is no gain
    holds: gains.every(({ mean }) => mean > 0),
    confidence: 0.95,
    hypotheses: [
      hypothesis(`at least ${IMAGES} test images have relations`, images >= IMAGES, images),
    ],
    ...(gains.length === 0
      ? { undecided: 'no network' }
      : !below && !gains.every((gain) => gain.mean > 0 && low(gain) >= 0)
        ? { undecided: 'its 95 % interval contains 0' }
        : {}),
  })
}

function below(claim: Claim, over: readonly PairedDifference[], rule: string): Verdict {
  const worst = extreme(over, (a, b) => a > b) ?? { mean: 0, error: 0 }
  return decide(claim, {
    statement: `${readable(over.length)} networks; the most that one is above ${rule} is ${interval(worst)}`,
    measured: low(worst),
    relation: '<=',
    bound: 0,
    confidence: 0.95,
    ...(over.length === 0 && { undecided: 'no network' }),
  })
}
