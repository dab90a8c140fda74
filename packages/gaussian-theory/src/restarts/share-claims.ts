import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import {
  BEYOND,
  halfOf,
  jointSquare,
  pooledDifference,
  sharesAgree,
  usedUp,
  type SharesCompared,
} from './compare-shares.js'
import { REFERENCE_STEPS } from './reference-shares.js'

/** How the starts were run. */
export interface SharesSetting {
  /** ηL */
  readonly step: number
  readonly maxSteps: number
}

/**
 * Whether all shares agree with those of the table within the joint intervals, and so do the mean
 * difference of the random teachers (`pooledDifference`) and the sum of all squares
 * (`jointSquare`).
 *
 * Of n intervals, that one among them, of 3.5 standard errors at least one misses with probability
 * n · 4.7e-4 at most (Bonferroni; the shares of a network's teachers are taken as approximately
 * normal): the confidence is 1 less that.
 *
 * @param compared - of all networks, from `compareShares`
 */
export const restartShares = claim(
  'gaussian/restart-shares',
  'The shares of lucky starts are those of a separate measurement',
  'statistical',
  {
    ours: 'a table of 18 networks by another program; teachers and starts are random in both',
  },
  ({
    compared,
    setting: { step, maxSteps },
  }: {
    readonly compared: readonly SharesCompared[]
    readonly setting: SharesSetting
  }) => {
    const off = compared.filter((each) => !sharesAgree(each))
    const n = compared.length
    const pooled = pooledDifference(compared)
    const pooledOff = pooled !== undefined && !sharesAgree(pooled)
    const squares = jointSquare(compared)
    const squaresOff = squares !== undefined && !(squares.sum <= squares.bound)
    const worst = compared.reduce<SharesCompared | undefined>(
      (a, b) => (a && usedUp(a) >= usedUp(b) ? a : b),
      undefined,
    )
    return {
      statement: [
        `${readable(n - off.length)} of ${readable(n)} shares agree with the table within the joint interval`,
        ...(worst ? [`farthest off: ${described(worst)}`] : []),
        ...(pooled
          ? [
              `random teachers of all networks: mean difference ${readable(pooled.difference, 2)}, ±${readable(halfOf(pooled), 2)} allowed`,
            ]
          : []),
        ...(squares
          ? [
              `squares of ${readable(squares.terms)} differences in standard deviations: sum ${readable(squares.sum, 3)}, at most ${readable(squares.bound, 3)} allowed`,
            ]
          : []),
        ...(n > 0 ? [`widest interval ±${readable(Math.max(...compared.map(halfOf)), 2)}`] : []),
      ].join('; '),
      measured: off.length + (pooledOff ? 1 : 0) + (squaresOff ? 1 : 0),
      relation: '<=',
      bound: 0,
      confidence: 1 - Math.max(1, n + (pooled ? 1 : 0) + (squares ? 1 : 0)) * BEYOND,
      hypotheses: [
        hypothesis('networks of the table', n > 0, n),
        hypothesis('step size η = 1/L, as in the table', step === 1, step),
        hypothesis('as many steps as in the table', maxSteps >= REFERENCE_STEPS, maxSteps),
      ],
      witness: {
        off: off.map((each) => ({ ...each, shape: { ...each.shape } })),
        ...(pooledOff && { pooled: { ...pooled } }),
        ...(squaresOff && { squares: { ...squares } }),
      },
    }
  },
)

function described({ shape: { m, stride, k }, of, ...c }: SharesCompared): string {
  const name = `m = ${m}, stride ${stride}, k = ${k}${of === 'alternating' ? ', alternating teacher' : ''}`
  const { share: here, reference: there } = c
  return `${name}, ${readable(here, 3)} for ${readable(there, 3)}, ±${readable(halfOf(c), 2)}`
}
