import { decide, readable } from '@nonconvex/optim/claims'
import type { Claim, Evidence, Verdict } from '@nonconvex/optim/claims'
import type { Vec } from '@nonconvex/tensor'
import type { CertificateRecord } from '../certificate-record.js'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import { distance } from './local-minima.js'
import { oppositeCriticalClaim } from './opposite-point.js'
import { eulerNumber } from './saddles.js'
import type { FoundSaddle } from './saddles.js'

export const atlasMinimaClaim: Claim = {
  id: 'gaussian/atlas-minima',
  title: 'Every local minimum in the atlas is certified, and no two are the same',
  rigor: 'float64',
  source: {
    ours: 'a certified disc around each; the minima lie nearer to their points than these to each other',
  },
}
export const atlasSaddlesClaim: Claim = {
  id: 'gaussian/atlas-saddles',
  title: 'Higher saddles connect the minima, and all indices add up',
  rigor: 'float64',
  source: {
    ours: 'descent on both sides of each saddle; Σ(−1)^index is 1 + (−1)^(m−1) by Poincaré–Hopf',
  },
}

/** The claims about the atlas of minima and saddles. */
export const atlasClaims: readonly Claim[] = [
  atlasMinimaClaim,
  atlasSaddlesClaim,
  oppositeCriticalClaim,
]

/** The critical points of one network and teacher that were found. */
export interface AtlasPage {
  readonly shape: OverlapShape
  readonly wStar: Vec
  readonly minima: readonly {
    readonly w: Vec
    readonly loss: number
    readonly certificate: CertificateRecord
  }[]
  readonly saddles: readonly Pick<FoundSaddle, 'loss' | 'index' | 'flattest' | 'between'>[]
  /** starts that ended nowhere */
  readonly open: number
}

/** Whether each minimum is certified, and farther from the others than both may be from their points. */
export function decideAtlasMinima(shape: OverlapShape, pages: readonly AtlasPage[]): Verdict {
  const all = pages.flatMap(({ minima }) => minima.map(({ certificate }) => certificate))
  const certified = all.filter(({ status }) => status === 'certified').length
  const refused = all.filter(({ status }) => status !== 'certified')
  const same = pages.reduce((sum, { minima }) => sum + doubles(minima), 0)
  const open = pages.reduce((sum, page) => sum + page.open, 0)
  const counted = count(refused.map(({ status }) => status))
  const found: Evidence = {
    statement: [
      `${readable(certified)} of ${readable(all.length)} minima of ${readable(pages.length)} teachers certified`,
      ...counted,
      ...(open > 0 ? [`${readable(open)} starts ran out of steps`] : []),
    ].join('; '),
    measured: certified,
    relation: '==',
    bound: all.length,
    holds: same === 0,
    hypotheses: overlapHypotheses(shape),
  }
  const disproved = refused.some(({ status }) => status === 'hessian-not-definite')
  if (disproved || (refused.length === 0 && all.length > 0)) return decide(atlasMinimaClaim, found)
  const why = all.length === 0 ? 'no minimum was found' : `not certified: ${counted.join(', ')}`
  return decide(atlasMinimaClaim, { ...found, undecided: why })
}

function doubles(minima: AtlasPage['minima']): number {
  const reach = ({ certificate }: AtlasPage['minima'][number]): number =>
    certificate.minimumWithin ?? 0
  return minima.filter((a, i) =>
    minima.slice(0, i).some((b) => !(distance(a.w, b.w) > reach(a) + reach(b))),
  ).length
}

function count(names: readonly string[]): string[] {
  return [...new Set(names)].map(
    (name) => `${readable(names.filter((other) => other === name).length)} ${name}`,
  )
}

/** Eigenvalues nearer to 0 leave the index open. */
const FLAT = 1e-7

/** Σ (−1)^index over minima and saddles; NaN where an index is open. */
export function indexSum({ minima, saddles }: Pick<AtlasPage, 'minima' | 'saddles'>): number {
  return saddles.reduce(
    (sum, { index, flattest }) => sum + (flattest > FLAT ? (index % 2 === 0 ? 1 : -1) : NaN),
    minima.length,
  )
}

/** Loss of each saddle of index 1 above the higher of its two minima, where both are known. */
export function barriers({ minima, saddles }: AtlasPage): number[] {
  return saddles.flatMap(({ index, loss, between }) => {
    const [a, b] = between
    return index === 1 && a >= 0 && b >= 0 ? [loss - Math.max(minima[a].loss, minima[b].loss)] : []
  })
}

/**
 * Whether descent from each saddle of index 1 ends in two known minima below it, and Σ (−1)^index is the Euler number for each
 * teacher. A saddle that is not above its minima violates the claim; a sum that is off says that a critical point is
 * missing, and undecides it.
 */
export function decideAtlasSaddles(shape: OverlapShape, pages: readonly AtlasPage[]): Verdict {
  const off = pages.filter((page) => indexSum(page) !== eulerNumber(page.shape.m)).length
  const heights = pages.flatMap(barriers)
  const lowest = heights.length > 0 ? Math.min(...heights) : undefined
  const saddles = pages.reduce((sum, page) => sum + page.saddles.length, 0)
  const lost = pages
    .flatMap((page) => page.saddles)
    .filter(({ index, between }) => index === 1 && Math.min(...between) < 0).length
  const way =
    lowest === undefined ? 'none of index 1' : `the lowest ${readable(lowest)} above its minima`
  return decide(atlasSaddlesClaim, {
    statement: `${readable(saddles)} saddles, ${way}; the indices add up for ${readable(pages.length - off)} of ${readable(pages.length)} teachers`,
    ...(lowest !== undefined && { measured: lowest, relation: '>=', bound: 0 }),
    holds: lowest === undefined || lowest > 0,
    hypotheses: overlapHypotheses(shape),
    ...((lowest === undefined || lowest > 0) && undecided(pages.length, off, lost)),
  })
}

function undecided(pages: number, off: number, lost: number): { undecided?: string } {
  if (pages === 0) return { undecided: 'no teacher' }
  if (off > 0)
    return { undecided: `a critical point is missing or degenerate for ${readable(off)} teachers` }
  return lost > 0
    ? { undecided: `${readable(lost)} saddles lead to a minimum that is not listed` }
    : {}
}
