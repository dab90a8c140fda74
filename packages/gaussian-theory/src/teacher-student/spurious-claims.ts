import {
  claim,
  counted,
  decimalBelow,
  hypothesis,
  proofOf,
  readable,
  type Evidence,
  type ProofAssertion,
} from '@nonconvex/optim/claims'
import { newcombeInterval } from '@nonconvex/optim/statistics'
import type { CertificateRecord, Ends } from '../certificate-record.js'
import { isSpuriousRecord } from '../overlap/claims.js'
import type { DescentEnd } from './orthonormal-descent.js'
import { PUBLISHED_RUNS, publishedSearch } from './published-search.js'

const paper = 'Safran & Shamir (2018)'

/** A point of a ReLU network with n neurons and the teacher I_k, and its interval certificate. */
export interface OrthonormalCertificate {
  readonly n: number
  readonly k: number
  /** [n, k], row-major */
  readonly W: readonly number[]
  /** in float64, by other formulas than those of the certificate */
  readonly loss: number
  /** of the Hessian, in float64; null: W is no local minimum */
  readonly smallestEigenvalue: number | null
  /** null: W is the teacher, or no critical point */
  readonly found: CertificateRecord | null
}

/** The assertion that the checker of proofs takes; bounds are rounded to the weaker side. */
function spuriousAssertion(
  { n, k, W }: OrthonormalCertificate,
  found: CertificateRecord,
): ProofAssertion {
  return {
    kind: 'spurious-minimum',
    n,
    teacher: Array.from({ length: k }, (_, i) =>
      Array.from({ length: k }, (_entry, j) => (i === j ? '1' : '0')),
    ),
    point: W.map(String),
    radius: decimalBelow(found.radius ?? NaN, 4),
    convexity: decimalBelow(found.convexity ?? NaN, 4),
    loss: decimalBelow(found.minimumValue?.[0] ?? NaN, 6),
  }
}

/** How far float64 may be from the enclosures of an interval certificate. */
const FLOAT = 1e-9

const near = (x: number | null, ends: Ends | null): boolean =>
  x !== null && ends !== null && x >= ends[0] - FLOAT && x <= ends[1] + FLOAT

/**
 * An eigenvalue ≤ 0, and a loss or an eigenvalue that float64 contradicts, violate the claim; a point
 * without a certificate leaves it undecided.
 */
function certificateEvidence(one: OrthonormalCertificate): Evidence {
  const { found, loss, smallestEigenvalue } = one
  if (!found) return { statement: 'no local minimum', undecided: 'descent ended elsewhere' }
  const witness = { W: [...one.W], ...found }
  if (found.status === 'hessian-not-definite')
    return { statement: found.message, holds: false, witness }
  if (!isSpuriousRecord(found)) {
    const { status, message: statement } = found
    const zero = status === 'certified'
    const undecided = zero ? 'the loss there may be 0' : `the certificate is ${status}`
    return { statement, undecided, witness }
  }
  const value = found.minimumValue?.[0] ?? NaN
  const agree = near(loss, found.minimumValue) && near(smallestEigenvalue, found.smallestEigenvalue)
  return {
    statement: `the only critical point within ${readable(found.radius ?? NaN)}, smallest eigenvalue there at least ${readable(found.convexity ?? NaN)}, loss at least ${readable(value)}${agree ? '' : `; float64 gives the loss ${readable(loss)} and the eigenvalue ${readable(smallestEigenvalue ?? NaN)}`}`,
    witness: agree ? proofOf([spuriousAssertion(one, found)]) : witness,
    holds: agree,
    measured: value,
    relation: '>=',
    bound: 0,
  }
}

/**
 * The point of family II is a spurious local minimum. Facts: its interval certificate, with n = k.
 * For k ≤ 5 it is a saddle.
 */
export const orthonormalMinimumProved = claim(
  'gaussian/orthonormal-minimum-proved',
  'k ReLU neurons have a spurious local minimum against k orthonormal teacher neurons, for each k ≥ 6 of the run',
  'proof',
  {
    paper,
    ours: 'gradient at a point in closed form and Hessian on a cube around it, every rounding enclosed, for each k',
  },
  (one: OrthonormalCertificate) => ({
    ...certificateEvidence(one),
    hypotheses: [
      hypothesis('k ≥ 6 neurons', one.k >= 6, one.k),
      hypothesis('n = k', one.n === one.k, one.n),
    ],
  }),
)

/** The points at which runs ended, one of each family, are spurious local minima. */
export const orthonormalEndsProved = claim(
  'gaussian/orthonormal-ends-proved',
  'Every point at which gradient descent misses the teacher is a spurious local minimum',
  'proof',
  {
    paper,
    ours: 'interval certificates, one for each family of points that differ by permutations',
  },
  certificateEvidence,
)

/** The ends of the runs with n = k neurons, by family. */
export interface OrthonormalEnds {
  readonly k: number
  /** runs that ended at a local minimum other than the teacher */
  readonly missed: number
  /** those of them whose loss and smallest eigenvalue are those of no point in closed form */
  readonly others: number
  /** the losses of these, one of each family */
  readonly losses: readonly number[]
}

/** Every local minimum that runs end at is one of the symmetric families, for few neurons. */
export const orthonormalEndsSymmetric = claim(
  'gaussian/orthonormal-ends-symmetric',
  'With at most ten neurons, gradient descent misses the teacher only at symmetric minima in closed form',
  'float64',
  {
    ours: 'families II with p flipped neurons, A with all and I with all but p',
  },
  ({ k, missed, others, losses }: OrthonormalEnds) => ({
    statement: `${readable(missed - others)} of ${counted(missed, 'run')} that missed the teacher ended at one of them${others > 0 ? `; the others have the losses ${losses.map((x) => readable(x, 9)).join(', ')}` : ''}`,
    measured: others,
    relation: '==',
    bound: 0,
    hypotheses: [hypothesis('k ≤ 10 neurons', k <= 10, k)],
    ...(missed === 0 && { undecided: 'every run reached the teacher' }),
  }),
)

/** The minima that splitting leads to, with one more neuron than the teacher, are proved. */
export const extraNeuronMinimumProved = claim(
  'gaussian/extra-neuron-minimum-proved',
  'k + 1 ReLU neurons have a spurious local minimum, too, for each k ≥ 7 of the run',
  'proof',
  {
    paper,
    ours: 'descent from the minimum of family II with its flipped neuron split in two; an interval certificate at its end',
  },
  (one: OrthonormalCertificate) => ({
    ...certificateEvidence(one),
    hypotheses: [
      hypothesis('k ≥ 7 neurons', one.k >= 7, one.k),
      hypothesis('n = k + 1', one.n === one.k + 1, one.n),
    ],
  }),
)

/** The smallest losses of the archive, with n = k and n = k + 1. */
export const orthonormalPublishedLoss = claim(
  'gaussian/orthonormal-published-loss',
  'The smallest spurious minima of the published search are family II and what splitting its flipped neuron leads to',
  'float64',
  { paper, ours: 'Newton’s method on six numbers, and descent from the split neuron' },
  ({ k, extra, loss }: { readonly k: number; readonly extra: number; readonly loss: number }) => {
    const row = publishedSearch.find((each) => each.k === k && each.extra === extra)
    return {
      statement: `loss ${readable(loss, 11)}, published ${readable(row?.smallestLoss ?? NaN, 9)}`,
      measured: loss,
      relation: '==',
      bound: row?.smallestLoss ?? NaN,
      // half a unit of the last decimal, and rounding
      slack: row?.decimals === 6 ? 5.01e-7 : 5.01e-10,
      hypotheses: [hypothesis('size of the published search', row !== undefined, k + extra)],
    }
  },
)

/** Runs from random initializations with n − k extra neurons. */
export interface OrthonormalRuns {
  readonly k: number
  readonly extra: number
  readonly runs: number
  readonly missed: number
  readonly unfinished: number
}

/** Half-width of the intervals in standard errors, and the probability beyond it. */
const Z = 4
const BEYOND = 6.34e-5

/** The fractions of runs that miss the teacher, against the published ones. */
export const orthonormalMissedFraction = claim(
  'gaussian/orthonormal-missed-fraction',
  'The fraction of runs that miss the teacher is that of the published search',
  'statistical',
  { paper, ours: 'Newcombe’s interval for the difference of two proportions' },
  (rows: readonly OrthonormalRuns[]) => {
    const compared = rows.flatMap((row) => {
      const there = publishedSearch.find(({ k, extra }) => k === row.k && extra === row.extra)
      if (!there) return []
      const { difference, low, high } = newcombeInterval(
        { successes: row.missed, n: row.runs },
        { successes: there.bad, n: PUBLISHED_RUNS },
        Z,
      )
      return [{ ...row, difference, low, high, there: there.bad / PUBLISHED_RUNS }]
    })
    const off = compared.filter(({ low, high }) => low > 0 || high < 0)
    const used = ({ difference, low, high }: (typeof compared)[number]): number =>
      difference > 0 ? difference / (difference - low) : difference / (difference - high)
    const [worst] = [...compared].sort((x, y) => used(y) - used(x))
    const unfinished = rows.reduce((sum, row) => sum + row.unfinished, 0)
    return {
      statement: [
        `${readable(compared.length - off.length)} of ${counted(compared.length, 'fraction')} agree within ${Z} standard errors`,
        ...(worst === undefined
          ? []
          : [
              `farthest off: k = ${worst.k}, n = ${worst.k + worst.extra}: ${readable(worst.missed / worst.runs, 3)}, published ${readable(worst.there, 3)}, ±${readable((worst.high - worst.low) / 2, 2)} allowed`,
            ]),
      ].join('; '),
      measured: off.length,
      relation: '==',
      bound: 0,
      confidence: 1 - Math.max(1, compared.length) * BEYOND,
      hypotheses: [
        hypothesis('sizes of the published search', compared.length > 0, compared.length),
      ],
      ...(unfinished > 0 && { undecided: `${counted(unfinished, 'run')} reached the step limit` }),
      witness: off.map((each) => ({ ...each })),
    }
  },
)

/** The closed-form eigenvalues of the Hessian at the teacher against those of the matrix. */
export const teacherSpectrumAgrees = claim(
  'gaussian/teacher-spectrum',
  'The Hessian at the teacher has the eigenvalues ¼ ± 1/2π and the roots of two quadratic equations',
  'float64',
  { ours: 'representations of the permutations of the neurons' },
  ({ k, largest }: { readonly k: number; readonly largest: number }) => ({
    statement: `the ${readable(k * k)} eigenvalues differ by at most ${readable(largest, 2)}`,
    measured: largest,
    relation: '<=',
    // the accuracy of the eigenvalues: the largest is about k/4 + 1
    bound: 1e-14 * k,
    hypotheses: [hypothesis('k ≥ 3 neurons', k >= 3, k)],
  }),
)

/** What splitting a neuron of the minimum of family II does. */
export interface SplitFacts {
  readonly k: number
  /** λ_min(D_i), largest over all neurons */
  readonly flattest: number
  /** λ_min(D_i) of the neuron that was split, an ordinary one */
  readonly split: number
  /** smallest eigenvalue of the Hessian with the two halves of that neuron */
  readonly measured: number
  /** where descent from beside that point ended */
  readonly end: DescentEnd['kind']
}

/**
 * An extra neuron escapes from the spurious minimum, if an ordinary neuron is split. The flipped one
 * leads to another spurious minimum, see `extraNeuronMinimumProved`.
 */
export const splitEscapes = claim(
  'gaussian/split-escapes',
  'Splitting any neuron of the spurious minimum gives a strict saddle; from that of an ordinary neuron, descent reaches the teacher',
  'float64',
  { ours: 'the smallest eigenvalue at two equal halves is 2 λ_min(D), D = H_ii − ½I' },
  ({ k, flattest, split, measured, end }: SplitFacts) => ({
    statement: `smallest eigenvalue ${readable(measured, 10)}, 2 λ_min(D) = ${readable(2 * split, 10)}; λ_min(D) of every neuron at most ${readable(flattest, 3)}; descent ${end === 'global' ? 'reached' : 'did not reach'} the teacher`,
    measured,
    relation: '==',
    bound: 2 * split,
    slack: 1e-14 * k,
    holds: flattest < 0 && end === 'global',
    hypotheses: [hypothesis('k ≥ 6 neurons', k >= 6, k)],
    ...(end === 'unfinished' && { undecided: 'descent reached the step limit' }),
  }),
)

/** What an extra dimension of the inputs does at the minimum of family II. */
export interface ExtraDimensionFacts {
  readonly k: number
  /** smallest eigenvalue of P, the block that the dimension adds */
  readonly added: number
  /** the largest difference between the eigenvalues in k + 1 dimensions and both together */
  readonly largest: number
}

/** The spurious minimum is one in every dimension d ≥ k. */
export const extraDimensionKeeps = claim(
  'gaussian/extra-dimension-keeps',
  'The spurious minimum stays one in every dimension d ≥ k',
  'float64',
  { paper, ours: 'each further dimension adds the eigenvalues of one positive definite block P' },
  ({ k, added, largest }: ExtraDimensionFacts) => ({
    statement: `λ_min(P) = ${readable(added, 6)}; the eigenvalues in k + 1 dimensions differ by at most ${readable(largest, 2)} from the old ones and those of P`,
    measured: largest,
    relation: '<=',
    bound: 1e-14 * k,
    holds: added > 0,
    hypotheses: [hypothesis('k ≥ 6 neurons', k >= 6, k)],
  }),
)
