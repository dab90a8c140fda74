import { type CertificateRecord } from '@nonconvex/gaussian-theory'
import { oppositeCritical } from '@nonconvex/gaussian-theory/atlas'
import {
  certifiedMinimum,
  hessianLipschitzHolds,
  lagForm,
  overlapHypotheses,
  provedMinimum,
  reflected,
  provedPatches,
  provedPatchesOfThree,
  spuriousForEveryK,
  spuriousOfThree,
  spuriousMinimumEmerges,
  smoothnessAssertions,
  smoothnessProved,
  staysInQuadrant,
  type CertifiedMinimumFacts,
  type OverlapShape,
} from '@nonconvex/gaussian-theory/overlap'
import {
  decide,
  hypothesis,
  named,
  verdictOn,
  weakest,
  type Claim,
  type Closeness,
  type DecidableClaim,
  type Verdict,
} from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { ascending } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf } from '../../define/work.js'
import { discFigures } from './disc-figure.js'
import { overlapMinimum, shapeOf, skewOf, STRAIGHT, teacherOf, type Params } from './experiment.js'
import { basinFigures, kindOf, minimumFigure } from './figures.js'
import {
  pointOf,
  certificatesOf,
  everyKOf,
  formulasOf,
  trapOf,
  basinsOf,
  witnessOf,
  sumOverPairs,
  convexOnBalls,
  type At,
  type Context,
} from './measure.js'

/** Of equal verdicts the first is shown: the largest number of patches comes first. */
const first: Closeness = () => 0

/** What is measured about the point opposite to the teacher, with the point as witness. */
const withPoint = <M>(cell: At, context: Context, of: (cell: At, context: Context) => M) =>
  witnessed(of(cell, context), witnessOf(cell, context))

export const work = workOf(overlapMinimum, {
  parts: {
    point: { measure: (cell, context) => withPoint(cell, context, pointOf), audit: sumOverPairs },
    certificates: {
      measure: (cell, context) => withPoint(cell, context, certificatesOf),
      audit: convexOnBalls,
    },
    constants: { measure: () => ({ checked: smoothnessAssertions() }) },
    everyK: { measure: (_, { params }) => everyKOf(teacherOf(params), provedPatches) },
    ofThree: { measure: () => everyKOf(THREE, provedPatchesOfThree) },
    formulas: { measure: (cell, context) => withPoint(cell, context, formulasOf) },
    trap: { measure: (cell, context) => withPoint(cell, context, trapOf) },
    basins: { measure: (cell, context) => withPoint(cell, context, basinsOf) },
  },
  conclude: (
    { point, certificates, constants, everyK, ofThree, formulas, trap, basins },
    params,
    verdict,
  ) => {
    const wStar = teacherOf(params)
    const R = norm2(wStar)
    /** On the facts of each number of patches; without facts, or elsewhere, on the hypotheses. */
    const each = <Row extends { readonly cell: At }, Facts>(
      claim: DecidableClaim<Facts>,
      part: 'point' | 'certificates' | 'trap',
      rows: readonly Row[],
      factsOf: (row: Row, shape: OverlapShape) => Facts | undefined,
    ): Verdict =>
      verdict.of(claim, [part], () => {
        if (rows.length === 0) return elsewhere(claim, ascending(params.k)[0], params)
        const verdicts = rows.map((row) => {
          const { k } = row.cell
          const facts = applies(k, params) ? factsOf(row, shapeOf(k, params)) : undefined
          return named(`k = ${k}`, facts ? verdictOn(claim, facts) : elsewhere(claim, k, params))
        })
        return weakest(verdicts.reverse(), first)
      })
    const certified = (claim: typeof certifiedMinimum, rigor: CertificateRecord['rigor']) =>
      each(claim, 'certificates', certificates, ({ measured, witness: { w } }, shape) => {
        const found = measured[rigor]
        return found ? { shape, found, wStar, w } : undefined
      })
    /** On the formulas of each number of patches. */
    const onFormulas = <Facts>(
      claim: DecidableClaim<Facts>,
      factsOf: (found: ReturnType<typeof formulasOf>) => Facts,
    ) => {
      const cases = formulas.map(({ cell: { k }, measured }) => {
        return { which: `k = ${k}`, facts: factsOf(measured) }
      })
      return verdict.each(claim, ['formulas'], () => cases.reverse(), { closeness: first })
    }
    const points = point.map(({ cell, measured, witness }) => {
      return { k: cell.k, ...witness, ...measured }
    })
    return {
      verdicts: [
        each(spuriousMinimumEmerges, 'point', point, ({ measured }, shape) => {
          const { t0, loss, gradientNorm, eigenvalues } = measured
          // recorded in units of R, stated in those of the certificates
          const found = { loss: loss * R * R, gradientNorm: gradientNorm * R, eigenvalues }
          return { shape, found, size: R * R * (1 + t0 * t0) }
        }),
        certified(certifiedMinimum, 'float64'),
        certified(provedMinimum, 'proof'),
        verdict.of(spuriousForEveryK, ['everyK'], () =>
          everyK.length === 0
            ? elsewhere(spuriousForEveryK, 2, params)
            : verdictOn(spuriousForEveryK, certificatesFor(wStar, everyK[0].measured)),
        ),
        verdict(spuriousOfThree, ['ofThree'], () => certificatesFor(THREE, ofThree[0].measured)),
        each(staysInQuadrant, 'trap', trap, ({ measured: { flattest, trapped } }, { k }) => {
          return { k, flattest, starts: params.starts, trapped, skew: 0 }
        }),
        verdict.of(oppositeCritical, ['point'], () => {
          const found = points
            .filter(({ k }) => k > 1)
            .map(({ k, gradientNorm: gradient, eigenvalues }) => {
              return { shape: shapeOf(k, params), gradient, eigenvalues }
            })
          return found.length === 0
            ? elsewhere(oppositeCritical, 1, params)
            : verdictOn(oppositeCritical, { wStar, found })
        }),
        onFormulas(reflected, ({ reflected: loss, expected }) => ({ loss, expected, R })),
        onFormulas(lagForm, ({ lagOff }) => ({ largest: lagOff, points: params.points })),
        verdict(smoothnessProved, ['constants'], () => constants[0].measured.checked),
        onFormulas(hessianLipschitzHolds, ({ lipschitz }) => {
          return { largest: lipschitz, pairs: params.points }
        }),
      ],
      tables: [minimumTable({ point, certificates, trap, basins }, params)],
      figures: [
        minimumFigure(points, params),
        ...basinFigures(
          basins.map(({ cell, measured }) => ({ k: cell.k, ...measured })),
          points,
          params,
        ),
        ...discFigures(
          certificates.map(({ cell, measured, witness }) => {
            return { k: cell.k, ...witness, ...measured }
          }),
          params,
        ),
      ],
    }
  },
})

/** The other teacher for which the point opposite is proved. */
const THREE = [-1, 0, 1]

/** The certificates for every k, with their network and teacher. */
const certificatesFor = (
  wStar: readonly number[],
  found: ReturnType<typeof everyKOf>,
): CertifiedMinimumFacts[] =>
  found.map(({ k, ...one }) => ({ ...one, wStar, shape: { m: wStar.length, k, stride: 1 } }))

/** Whether it is the network and the teacher that the explicit minimum is of. */
function applies(k: number, params: Params): boolean {
  const { m, stride } = shapeOf(k, params)
  return k > 1 && m > stride && skewOf(params) <= STRAIGHT
}

/** The verdict on another one: which hypothesis fails. */
function elsewhere(claim: Claim, k: number, params: Params): Verdict {
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

interface OfPatches<M> {
  readonly cell: At
  readonly measured: M
}

function minimumTable(
  found: {
    readonly point: readonly OfPatches<ReturnType<typeof pointOf>>[]
    readonly certificates: readonly OfPatches<ReturnType<typeof certificatesOf>>[]
    readonly trap: readonly OfPatches<ReturnType<typeof trapOf>>[]
    readonly basins: readonly OfPatches<ReturnType<typeof basinsOf>>[]
  },
  params: Params,
) {
  const { starts, grid } = params
  const lines = ascending(params.k).map((k) => {
    const of = <M>(rows: readonly OfPatches<M>[]) => rows.find(({ cell }) => cell.k === k)?.measured
    return {
      k,
      point: of(found.point),
      certificates: of(found.certificates),
      trap: of(found.trap),
      ends: of(found.basins)?.ends,
    }
  })
  const title = `The point opposite to the teacher (${teacherOf(params).join(', ')})`
  return tableOf('minimum', title, lines, {
    k: ['$k$', ({ k }) => k],
    t0: ['position, in units of $-w^*$', ({ point }) => point?.t0, 6],
    kind: ['kind', ({ k, point }) => point && kindOf({ k, ...point }, params)],
    loss: ['loss$/\\lVert w^*\\rVert^2$', ({ point }) => point?.loss, 6],
    gradient: ['gradient$/\\lVert w^*\\rVert$', ({ point }) => point?.gradientNorm, 2],
    least: ['smallest eigenvalue', ({ point }) => point?.eigenvalues.at(0), 4],
    greatest: ['largest eigenvalue', ({ point }) => point?.eigenvalues.at(-1), 4],
    certificate: ['certificate', ({ certificates }) => certificates?.float64?.status],
    radius: ['certified radius, float64', ({ certificates }) => certificates?.float64?.radius, 4],
    proved: ['certified radius, proved', ({ certificates }) => certificates?.proof?.radius, 4],
    trapped: [
      'runs from its quadrant that end there',
      ({ trap }) => trap && `${trap.trapped} of ${starts}`,
    ],
    reached: [
      'runs from the opposite quadrant that reach the teacher',
      ({ trap }) => trap && `${trap.reached} of ${starts}`,
    ],
    basin: [
      'fraction of the map that reaches the teacher',
      ({ ends }) => ends && [...ends].filter((end) => end === 'g').length / grid ** 2,
      3,
    ],
  })
}
