import type { ClosedForm, FoundFamily } from './measure.js'

/** Losses and eigenvalues of points that are the same one agree to this much. */
const SAME = 1e-7

/** The name of a symmetric family: II₁, II₂, …, A, I₁, I₂, … */
export const nameOf = ({ kind, p }: Pick<ClosedForm, 'kind' | 'p'>): string =>
  kind === 'A' ? kind : kind + subscript(p)

const subscript = (p: number): string =>
  [...String(p)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join('')

/** The closed form with the loss and the smallest eigenvalue of a point that was found. */
export const closedFormOf = (
  found: Pick<FoundFamily, 'loss' | 'smallestEigenvalue'>,
  points: readonly ClosedForm[],
): ClosedForm | undefined =>
  points.find(
    ({ loss, smallestEigenvalue }) =>
      Math.abs(loss - found.loss) <= SAME &&
      Math.abs(smallestEigenvalue - found.smallestEigenvalue) <= SAME,
  )
