import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import type { OverlapShape, StuckPoint } from '@nonconvex/gaussian-theory/overlap'
import {
  compareRates,
  summarizeRestarts,
  type RestartReport,
  type RatesCompared,
  type NamedTeacher,
  type TeacherReport,
  type TeacherRuns,
} from '@nonconvex/gaussian-theory/restarts'
import type { CellsOf } from '../../define/definition.js'
import type { PartRow } from '../../define/work.js'
import { nameOf } from '../overlap-networks.js'
import type { overlapRestarts } from './experiment.js'

/** The restarts of one teacher as plain data, each cluster of failures with its certificate. */
export type TeacherMeasured = Omit<TeacherReport, 'wStar' | 'starts' | 'clusters'> & {
  readonly clusters: readonly (Omit<TeacherReport['clusters'][number], 'w'> & {
    readonly w: readonly number[]
    readonly certificate: CertificateRecord
  })[]
  /** further runs, where the first do not decide whether few restarts suffice */
  readonly more: TeacherRuns
}

export type RestartsRow = PartRow<
  CellsOf<typeof overlapRestarts>['teachers'],
  { readonly teachers: readonly TeacherMeasured[] },
  { readonly teachers: readonly (readonly number[])[] }
>

export interface ShapeFound {
  readonly shape: OverlapShape
  readonly random: RestartReport | undefined
  readonly alternating: RestartReport | undefined
  /** teachers in evenly spread directions, in their order; only of length 2 */
  readonly directions: RestartReport | undefined
  /** all runs of each teacher, the further ones too */
  readonly runs: readonly NamedTeacher[]
  /** beside the table, if the network is in it */
  readonly compared: readonly RatesCompared[]
  /** where runs failed, of all teachers */
  readonly places: readonly StuckPoint[]
}

export function foundOf(shape: OverlapShape, rows: readonly RestartsRow[]): ShapeFound {
  const own = rows.filter(({ cell }) => nameOf(cell.shape) === nameOf(shape))
  const of = (kind: RestartsRow['cell']['kind']): RestartReport | undefined => {
    const reports = own.filter(({ cell }) => cell.kind === kind).flatMap(teachersOf)
    return reports.length === 0 ? undefined : summarizeRestarts(reports)
  }
  const places = own.flatMap(({ measured, witness }) =>
    measured.teachers.flatMap(({ clusters }, i) =>
      clusters.map(({ w, count, certificate }) => {
        return { shape, wStar: witness.teachers[i], w, count, certificate }
      }),
    ),
  )
  const random = of('random')
  const alternating = of('alternating')
  const compared = compareRates({
    shape,
    teachers: random?.teachers.map(rateOf) ?? [],
    alternating: alternating && { successes: alternating.global, n: alternating.starts },
  })
  return {
    shape,
    random,
    alternating,
    directions: of('direction'),
    runs: runsOf(own),
    compared,
    places,
  }
}

/** All runs of each teacher of a network, with its name in statements. */
const runsOf = (rows: readonly RestartsRow[]): NamedTeacher[] =>
  rows.flatMap(({ cell: { shape, kind, from }, measured }) =>
    measured.teachers.map(({ counts, steps, more }, i) => ({
      name: `${kind === 'alternating' ? 'the alternating teacher' : `${kind} teacher ${from + i}`} of m = ${shape.m}, stride ${shape.stride}, k = ${shape.k}`,
      reached: counts.global + more.reached,
      starts: steps.length + more.starts,
    })),
  )

export const rateOf = ({ counts, starts }: TeacherReport): number => counts.global / starts

function teachersOf({ measured, witness }: RestartsRow): TeacherReport[] {
  return measured.teachers.map((t, i) => ({
    ...t,
    wStar: Float64Array.from(witness.teachers[i]),
    starts: t.steps.length,
    clusters: t.clusters.map((c) => ({ ...c, w: Float64Array.from(c.w) })),
  }))
}
