import { type CertificateRecord } from '@nonconvex/gaussian-theory'
import { oppositeCritical } from '@nonconvex/gaussian-theory/atlas'
import {
  certifiedMinimum,
  hessianLipschitzHolds,
  lagForm,
  overlapHypotheses,
  provedMinimum,
  reflected,
  spuriousMinimumEmerges,
  staysInQuadrant,
} from '@nonconvex/gaussian-theory/overlap'
import {
  decide,
  hypothesis,
  named,
  verdictOn,
  weakest,
  type Claim,
  type Closeness,
  type Verdict,
} from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf } from '../../define/work.js'
import { ascending } from '../ascending.js'
import { discFigures } from './disc-figure.js'
import { overlapMinimum, shapeOf, skewOf, STRAIGHT, teacherOf } from './experiment.js'
import { basinFigures, kindOf, minimumFigures } from './figures.js'
import {
  pointOf,
  certificatesOf,
  formulasOf,
  trapOf,
  basinsOf,
  witnessOf,
  sumOverPairs,
  convexOnBalls,
  type At,
} from './measure.js'

type Params = ParamsOf<typeof overlapMinimum>

/** Of equal verdicts the first is shown: the largest number of patches comes first. */
const first: Closeness = () => 0

export const work = workOf(overlapMinimum, {
  parts: {
    point: {
      measure: (cell, context) => witnessed(pointOf(cell, context), witnessOf(cell, context)),
      audit: sumOverPairs,
    },
    certificates: {
      measure: (cell, context) =>
        witnessed(certificatesOf(cell, context), witnessOf(cell, context)),
      audit: convexOnBalls,
    },
    formulas: {
      measure: (cell, context) => witnessed(formulasOf(cell, context), witnessOf(cell, context)),
    },
    trap: {
      measure: (cell, context) => witnessed(trapOf(cell, context), witnessOf(cell, context)),
    },
    basins: {
      measure: (cell, context) => witnessed(basinsOf(cell, context), witnessOf(cell, context)),
    },
  },
  conclude: ({ point, certificates, formulas, trap, basins }, params, verdict) => {
    const wStar = teacherOf(params)
    const R = norm2(wStar)
    /** The verdict over all numbers of patches. */
    const each = <R extends { readonly cell: At }>(
      claim: Claim,
      rows: readonly R[],
      on: (row: R) => Verdict | undefined,
    ): Verdict =>
      rows.length === 0
        ? elsewhere(claim, ascending(params.k)[0], params)
        : weakest(
            rows
              .map((row) => {
                const { k } = row.cell
                return named(`k = ${k}`, on(row) ?? elsewhere(claim, k, params))
              })
              .reverse(),
            first,
          )
    const points = point.map(({ cell: { k }, measured, witness }) => ({
      k,
      ...witness,
      ...measured,
    }))
    const cases = <Facts>(facts: (found: ReturnType<typeof formulasOf>) => Facts) =>
      formulas
        .map(({ cell: { k }, measured }) => ({ which: `k = ${k}`, facts: facts(measured) }))
        .reverse()
    const certified = (claim: typeof certifiedMinimum, rigor: CertificateRecord['rigor']) =>
      verdict.of(claim, ['certificates'], () =>
        each(claim, certificates, ({ cell: { k }, measured, witness: { w } }) => {
          const found = measured[rigor]
          return found && applies(k, params)
            ? verdictOn(claim, { shape: shapeOf(k, params), found, w })
            : undefined
        }),
      )
    return {
      verdicts: [
        verdict.of(spuriousMinimumEmerges, ['point'], () =>
          each(
            spuriousMinimumEmerges,
            point,
            ({ cell: { k }, measured: { t0, loss, gradientNorm, eigenvalues } }) =>
              applies(k, params)
                ? verdictOn(spuriousMinimumEmerges, {
                    shape: shapeOf(k, params),
                    // recorded in units of R, stated in those of the certificates
                    found: { loss: loss * R * R, gradientNorm: gradientNorm * R, eigenvalues },
                    size: R * R * (1 + t0 * t0),
                  })
                : undefined,
          ),
        ),
        certified(certifiedMinimum, 'float64'),
        certified(provedMinimum, 'proof'),
        verdict.of(staysInQuadrant, ['trap'], () =>
          each(staysInQuadrant, trap, ({ cell: { k }, measured: { flattest, trapped } }) =>
            applies(k, params)
              ? verdictOn(staysInQuadrant, { k, flattest, starts: params.starts, trapped, skew: 0 })
              : undefined,
          ),
        ),
        verdict.of(oppositeCritical, ['point'], () => {
          const found = point.flatMap(({ cell: { k }, measured: { gradientNorm, eigenvalues } }) =>
            k > 1 ? [{ shape: shapeOf(k, params), gradient: gradientNorm, eigenvalues }] : [],
          )
          return found.length === 0
            ? elsewhere(oppositeCritical, 1, params)
            : verdictOn(oppositeCritical, { wStar, found })
        }),
        verdict.each(
          reflected,
          ['formulas'],
          () => cases(({ reflected: loss, expected }) => ({ loss, expected, R })),
          { closeness: first },
        ),
        verdict.each(
          lagForm,
          ['formulas'],
          () => cases(({ lagOff }) => ({ largest: lagOff, points: params.points })),
          { closeness: first },
        ),
        verdict.each(
          hessianLipschitzHolds,
          ['formulas'],
          () => cases(({ lipschitz }) => ({ largest: lipschitz, pairs: params.points })),
          { closeness: first },
        ),
      ],
      tables: [minimumTable({ point, certificates, trap, basins }, params)],
      figures: [
        ...minimumFigures(points, params),
        ...basinFigures(
          basins.map(({ cell, measured }) => ({ k: cell.k, ...measured })),
          points,
          params,
        ),
        ...discFigures(
          certificates.map(({ cell: { k }, measured, witness }) => ({
            k,
            ...witness,
            ...measured,
          })),
          params,
        ),
      ],
    }
  },
})

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

/** The point opposite to the teacher for each number of patches. */
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
    t0: ['at, in units of $-w^*$', ({ point }) => point?.t0, 6],
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
