import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { oppositeCritical } from '@nonconvex/gaussian-theory/atlas'
import {
  certifiedMinimum,
  hessianLipschitzHolds,
  lagForm,
  reflected,
  spuriousMinimumEmerges,
  trap,
  overlapHypotheses,
  provedMinimum,
} from '@nonconvex/gaussian-theory/overlap'
import {
  decide,
  hypothesis,
  type Claim,
  type Status,
  type Verdict,
  verdictOn,
} from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import type { Conclusion } from '../../define/experiment.js'
import { soFar } from '../partial.js'
import { basinFigures } from './basin-figure.js'
import { discFigures } from './disc-figure.js'
import { minimumFigures } from './figures.js'
import { foundOf, type Found } from './found.js'
import type { MinimumRow } from './measure.js'
import { minimumCells, shapeOf, skewOf, STRAIGHT, teacherOf, type MinimumParams } from './params.js'
import { minimumTable } from './table.js'

export function concludeMinimum(rows: readonly MinimumRow[], params: MinimumParams): Conclusion {
  const found = foundOf(rows, params)
  return {
    verdicts: verdicts(found, params),
    tables: [minimumTable(found, params)],
    figures: [
      ...minimumFigures(found, params),
      ...basinFigures(found, params),
      ...discFigures(found, params),
    ],
  }
}

type Part = 'point' | 'certificates' | 'formulas' | 'trap'

function verdicts(found: readonly Found[], params: MinimumParams): Verdict[] {
  const wStar = teacherOf(params)
  const R = norm2(wStar)
  const cells = minimumCells(params)
  /** Of all k, once their part is there. */
  const each = (claim: Claim, part: Part, verdict: (one: Found) => Verdict): Verdict => {
    const done = found.filter((one) => one[part] !== undefined)
    const total = cells.filter((cell) => cell.part === part).length
    if (total === 0) return verdict(found[0])
    return soFar(claim, { done: done.length, total }, () =>
      weakest(done.map((one) => ({ k: one.k, verdict: verdict(one) }))),
    )
  }
  const certified = (claim: typeof certifiedMinimum, rigor: 'float64' | 'proof'): Verdict =>
    each(claim, 'certificates', (one) => {
      const record: CertificateRecord | null = one.certificates?.[rigor] ?? null
      return record && applies(one, params)
        ? verdictOn(claim, { shape: shapeOf(one.k, params), found: record, w: one.w })
        : elsewhere(claim, one, params)
    })
  return [
    each(spuriousMinimumEmerges, 'point', (one) => {
      const { t0 = 0, loss = 0, gradientNorm = 0, eigenvalues = [] } = one.point ?? {}
      if (eigenvalues.length === 0 || !applies(one, params))
        return elsewhere(spuriousMinimumEmerges, one, params)
      // recorded in units of R, said in those of the certificates
      const at = { loss: loss * R * R, gradientNorm: gradientNorm * R, eigenvalues }
      return verdictOn(spuriousMinimumEmerges, {
        shape: shapeOf(one.k, params),
        found: at,
        size: R * R * (1 + t0 * t0),
      })
    }),
    certified(certifiedMinimum, 'float64'),
    certified(provedMinimum, 'proof'),
    each(trap, 'trap', (one) => {
      if (!applies(one, params)) return elsewhere(trap, one, params)
      const { flattest = 0, trapped = 0 } = one.trap ?? {}
      return verdictOn(trap, { k: one.k, flattest, starts: params.starts, trapped, skew: 0 })
    }),
    oppositeVerdict(found, params),
    each(reflected, 'formulas', ({ formulas }) => {
      const { reflected: loss = NaN, expected = NaN } = formulas ?? {}
      return verdictOn(reflected, { loss, expected, R })
    }),
    each(lagForm, 'formulas', ({ formulas }) =>
      verdictOn(lagForm, { largest: formulas?.lagOff ?? NaN, points: params.points }),
    ),
    each(hessianLipschitzHolds, 'formulas', ({ formulas }) =>
      verdictOn(hessianLipschitzHolds, {
        largest: formulas?.lipschitz ?? NaN,
        pairs: params.points,
      }),
    ),
  ]
}

function oppositeVerdict(found: readonly Found[], params: MinimumParams): Verdict {
  const points = found.flatMap(({ k, point }) =>
    point && k > 1
      ? [
          {
            shape: shapeOf(k, params),
            gradient: point.gradientNorm,
            eigenvalues: point.eigenvalues,
          },
        ]
      : [],
  )
  const done = found.filter(({ point }) => point).length
  return soFar(oppositeCritical, { done, total: found.length }, () =>
    points.length === 0
      ? elsewhere(oppositeCritical, found[0], params)
      : verdictOn(oppositeCritical, { wStar: teacherOf(params), found: points }),
  )
}

/** Whether it is the network and the teacher that the explicit minimum is of. */
function applies({ k }: Found, params: MinimumParams): boolean {
  const { m, stride } = shapeOf(k, params)
  return k > 1 && m > stride && skewOf(params) <= STRAIGHT
}

/** The verdict on another one: which hypothesis fails. */
function elsewhere(claim: Claim, { k }: Found, params: MinimumParams): Verdict {
  const skew = skewOf(params)
  return decide(claim, {
    statement: 'another network or teacher',
    holds: false,
    hypotheses: [
      ...overlapHypotheses(shapeOf(k, params)),
      hypothesis('teacher ∝ (−1, 1)', skew <= STRAIGHT, skew),
    ],
  })
}

const severity: Record<Status, number> = {
  violated: 0,
  inconclusive: 1,
  holds: 2,
  inapplicable: 3,
}

/**
 * The worst of the verdicts for several k; of those that hold, the one for the most windows. Where
 * some apply, the others do not count.
 */
function weakest(all: readonly { readonly k: number; readonly verdict: Verdict }[]): Verdict {
  const rank = ({ verdict }: (typeof all)[number]): number => severity[verdict.status]
  const worst = all.reduce((a, b) => (rank(b) <= rank(a) ? b : a))
  if (all.length === 1 || worst.verdict.status === 'inapplicable') return worst.verdict
  const held = all.filter(({ verdict }) => verdict.status === 'holds').length
  const statement = `holds for ${held} of ${all.length} k; k = ${worst.k}: ${worst.verdict.statement}`
  return { ...worst.verdict, statement }
}
