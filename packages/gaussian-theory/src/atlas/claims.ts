import { claim, readable, type Evidence, hypothesis } from '@nonconvex/optim/claims'
import type { Vec } from '@nonconvex/tensor'
import type { CertificateRecord } from '../certificate-record.js'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import { distance } from './local-minima.js'
import { eulerNumber, type FoundSaddle } from './saddles.js'
import { GRADIENT_SLACK } from '../no-overlap/point-evidence.js'
import { type OppositeFound, oppositeKind, reversalDefect } from './opposite-point.js'

/** The critical points that were found for one network and one teacher. */
export interface AtlasPage {
  readonly shape: OverlapShape
  readonly wStar: Vec
  readonly minima: readonly {
    readonly w: Vec
    readonly loss: number
    readonly certificate: CertificateRecord
  }[]
  readonly saddles: readonly Pick<FoundSaddle, 'loss' | 'index' | 'flattest' | 'between'>[]
  /** initializations that reached the step limit or the origin */
  readonly open: number
}

/**
 * Whether each minimum is certified, and its distance from every other minimum exceeds the
 * uncertainty of both positions.
 *
 * A certified disc of radius ρ contains exactly one critical point, so a minimum that is listed
 * twice is detected if ‖a − b‖ + `minimumWithin` ≤ ρ. Two minima that are neither far enough apart
 * nor this near leave the claim inconclusive.
 */
export const atlasMinima = claim(
  'gaussian/atlas-minima',
  'Each local minimum found by gradient descent is certified, and no two of them coincide',
  'float64',
  {
    ours: 'a certified disc around each point; each minimum lies closer to its point than the points to each other',
  },
  ({ shape, pages }: { readonly shape: OverlapShape; readonly pages: readonly AtlasPage[] }) => {
    const all = pages.flatMap(({ minima }) => minima.map(({ certificate }) => certificate))
    const certified = all.filter(({ status }) => status === 'certified').length
    const refused = all.filter(({ status }) => status !== 'certified')
    const pairs = pages.flatMap(({ minima }) => pairsOf(minima))
    const same = pairs.filter((pair) => pair === 'same').length
    const unclear = pairs.filter((pair) => pair === 'unclear').length
    const open = pages.reduce((sum, page) => sum + page.open, 0)
    const counted = count(refused.map(({ status }) => status))
    const found: Evidence = {
      statement: [
        `${readable(certified)} of ${readable(all.length)} minima of ${readable(pages.length)} teachers certified`,
        ...counted,
        ...(same > 0 ? [`pairs that coincide: ${readable(same)}`] : []),
        ...(open > 0 ? [`${readable(open)} initializations reached the step limit`] : []),
      ].join('; '),
      measured: certified,
      relation: '==',
      bound: all.length,
      holds: same === 0,
      hypotheses: overlapHypotheses(shape),
    }
    const disproved = refused.some(({ status }) => status === 'hessian-not-definite')
    const why = disproved || same > 0 ? [] : gaps(all.length, counted, unclear)
    return why.length > 0 ? { ...found, undecided: why.join('; ') } : found
  },
)

/** The reasons for which the claim on the minima is undecided; empty if there is none. */
function gaps(minima: number, refused: readonly string[], unclear: number): string[] {
  if (minima === 0) return ['no minimum was found']
  return [
    ...(refused.length > 0 ? [`not certified: ${refused.join(', ')}`] : []),
    ...(unclear > 0 ? [`pairs that may coincide: ${readable(unclear)}`] : []),
  ]
}

/**
 * For each pair of certified minima, whether their certificates imply that they are distinct or the
 * same.
 */
function pairsOf(minima: AtlasPage['minima']): ('apart' | 'same' | 'unclear')[] {
  const sure = minima.filter(({ certificate }) => certificate.status === 'certified')
  return sure.flatMap((a, i) =>
    sure.slice(0, i).map((b) => {
      const gap = distance(a.w, b.w)
      const [atA, atB] = [a, b].map(({ certificate }) => certificate.minimumWithin ?? Infinity)
      const [discA, discB] = [a, b].map(({ certificate }) => certificate.radius ?? 0)
      if (gap + atB <= discA || gap + atA <= discB) return 'same'
      return gap > atA + atB ? 'apart' : 'unclear'
    }),
  )
}

function count(names: readonly string[]): string[] {
  return [...new Set(names)].map(
    (name) => `${readable(names.filter((other) => other === name).length)} ${name}`,
  )
}

/** If an eigenvalue is nearer to 0 than this, the index counts as unknown. */
const FLAT = 1e-7

/** The sum Σ (−1)^index over minima and saddles; NaN if an index is unknown. */
export function indexSum({ minima, saddles }: Pick<AtlasPage, 'minima' | 'saddles'>): number {
  return saddles.reduce(
    (sum, { index, flattest }) => sum + (flattest > FLAT ? (index % 2 === 0 ? 1 : -1) : NaN),
    minima.length,
  )
}

/**
 * The height of each saddle of index 1 above the higher of its two minima, where both are known.
 */
export function barriers({ minima, saddles }: AtlasPage): number[] {
  return saddles.flatMap(({ index, loss, between }) => {
    const [a, b] = between
    return index === 1 && a >= 0 && b >= 0 ? [loss - Math.max(minima[a].loss, minima[b].loss)] : []
  })
}

/**
 * Whether descent from each saddle of index 1 ends in two known minima below it, and Σ (−1)^index
 * is 1 + (−1)^(m−1) for each teacher. A saddle that is not above its minima violates the claim;
 * another sum means that a critical point is missing, and the claim is inconclusive.
 */
export const atlasSaddles = claim(
  'gaussian/atlas-saddles',
  'Descent from each index-1 saddle ends at known local minima, and Σ(−1)^index is 1 + (−1)^(m−1)',
  'float64',
  {
    ours: 'descent on both sides of each saddle; Σ(−1)^index is 1 + (−1)^(m−1) by Poincaré–Hopf',
  },
  ({ shape, pages }: { readonly shape: OverlapShape; readonly pages: readonly AtlasPage[] }) => {
    const off = pages.filter((page) => indexSum(page) !== eulerNumber(page.shape.m)).length
    const heights = pages.flatMap(barriers)
    const lowest = heights.length > 0 ? Math.min(...heights) : undefined
    const saddles = pages.reduce((sum, page) => sum + page.saddles.length, 0)
    const lost = pages
      .flatMap((page) => page.saddles)
      .filter(({ index, between }) => index === 1 && Math.min(...between) < 0).length
    const way =
      lowest === undefined ? 'none of index 1' : `the lowest ${readable(lowest)} above its minima`
    return {
      statement: `${readable(saddles)} saddles, ${way}; the indices sum to the Euler number for ${readable(pages.length - off)} of ${readable(pages.length)} teachers`,
      ...(lowest !== undefined && { measured: lowest, relation: '>=', bound: 0 }),
      holds: lowest === undefined || lowest > 0,
      hypotheses: overlapHypotheses(shape),
      ...((lowest === undefined || lowest > 0) && undecided(pages.length, off, lost)),
    }
  },
)

function undecided(pages: number, off: number, lost: number): { undecided?: string } {
  if (pages === 0) return { undecided: 'no teacher' }
  if (off > 0)
    return { undecided: `a critical point is missing or degenerate for ${readable(off)} teachers` }
  return lost > 0
    ? { undecided: `${readable(lost)} saddles lead to a minimum that is not listed` }
    : {}
}

/** Whether the points −t₀w* opposite to the teacher are critical, for several networks. */
export const oppositeCritical = claim(
  'gaussian/opposite-critical',
  'If w* spans an eigenspace of filter reversal, the minimizer of the loss on the ray of −w* is a critical point',
  'float64',
  {
    ours: 'reversing all patches preserves the loss, which confines the gradient to one direction',
  },
  ({ wStar, found }: { readonly wStar: Vec; readonly found: readonly OppositeFound[] }) => {
    const defect = reversalDefect(wStar)
    const largest = Math.max(0, ...found.map(({ gradient }) => gradient))
    const flat = found.filter((one) => oppositeKind(one) === 'flat').length
    const kinds = found.map((one) => `${oppositeKind(one)} for k = ${one.shape.k}`)
    return {
      statement: `gradient at most ${readable(largest)} ‖w*‖; ${kinds.join(', ')}`,
      measured: largest,
      relation: '<=',
      bound: GRADIENT_SLACK,
      hypotheses: [
        ...(found[0] ? overlapHypotheses(found[0].shape) : []),
        hypothesis(
          'w* spans an eigenspace of filter reversal',
          defect <= GRADIENT_SLACK,
          Number.isFinite(defect) ? defect : undefined,
        ),
      ],
      ...(found.length === 0 && { undecided: 'no network' }),
      ...(flat > 0 && { undecided: `${readable(flat)} with an eigenvalue of 0 up to rounding` }),
    }
  },
)
