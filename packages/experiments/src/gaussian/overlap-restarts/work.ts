import { certificateRecord } from '@nonconvex/gaussian-theory'
import {
  certifyMinimum,
  overlapDescent,
  overlapSmoothness,
  stuckCertified,
  type OverlapShape,
} from '@nonconvex/gaussian-theory/overlap'
import {
  alternatingTeacher,
  fewRestarts,
  neverStuck,
  RESTART_STAGES,
  restartRates,
  restartsSuffice,
  stuckAtMinima,
  summarizeRestarts,
  teacherRestarts,
  type RestartReport,
  type TeacherOptions,
  type TeacherRuns,
} from '@nonconvex/gaussian-theory/restarts'
import { cos, interval, mid, sin } from '@nonconvex/tensor/interval'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { witnessed, workOf } from '../../define/work.js'
import {
  directionOf,
  overlapRestarts,
  overlappingTeachers,
  overlaps,
  shapesOf,
  type Params,
} from './experiment.js'
import { checkPairs } from '../check-pairs.js'
import { directionFigures, restartFigure, patchFigures } from './figures.js'
import { foundOf, type RestartsRow, type ShapeFound } from './found.js'
import { restartTables } from './tables.js'

type Cell = CellsOf<typeof overlapRestarts>['teachers']
type Context = Pick<MeasureContext<Params>, 'params' | 'shared' | 'signal'>

export const work = workOf(overlapRestarts, {
  parts: {
    teachers: {
      measure: (cell, context) => {
        const teachers = teachersOf(cell, context)
        return witnessed(restartsFrom(teachers, cell, context), {
          teachers: teachers.map((w) => Array.from(w)),
        })
      },
      audit: sumOverPairs,
    },
  },
  conclude: ({ teachers }, params, verdict) => {
    const found = shapesOf(params).map((shape) => foundOf(shape, teachers))
    const some = found.filter((f) => reportsOf(f).length > 0)
    const overlapping = some.filter(({ shape }) => overlaps(shape))
    const apart = some.filter(({ shape }) => shape.m === shape.stride && shape.m > 1)
    // without networks of a kind, one of the other shows which hypothesis fails
    const withOverlap = overlapping.length > 0 ? overlapping : some
    const without = apart.length > 0 ? apart : some
    return {
      verdicts: [
        verdict(fewRestarts, ['teachers'], () => ({
          shape: withOverlap[0].shape,
          teachers: withOverlap.flatMap(({ runs }) => runs),
        })),
        verdict(neverStuck, ['teachers'], () => together(without)),
        verdict(stuckAtMinima, ['teachers'], () => together(withOverlap)),
        verdict(stuckCertified, ['teachers'], () => ({
          shape: withOverlap[0].shape,
          places: withOverlap.flatMap(({ places }) => places),
          unfinished: withOverlap
            .flatMap(reportsOf)
            .flatMap((report) => report.teachers)
            .reduce((sum, { counts }) => sum + counts.unfinished + counts.origin, 0),
        })),
        verdict(overlapDescent, ['teachers'], () => {
          const { shape, found: all } = together(some)
          const { checks, breaches } = all
          return { shape, eta: etaOf(shape, params), checks, breaches }
        }),
        verdict(restartRates, ['teachers'], () => {
          return { compared: found.flatMap(({ compared }) => compared), setting: params }
        }),
      ],
      tables: restartTables(found, params),
      figures: [
        restartFigure(found, params),
        ...patchFigures(found),
        ...directionFigures(found, params),
      ],
    }
  },
})

/** The reports of several networks as one, for claims about each run. */
const together = (networks: readonly ShapeFound[]) => ({
  shape: networks[0].shape,
  found: summarizeRestarts(networks.flatMap(reportsOf).flatMap(({ teachers }) => teachers)),
})

const reportsOf = ({ random, alternating, directions }: ShapeFound): RestartReport[] =>
  [random, alternating, directions].filter((report) => report !== undefined)

/** The unit teachers of a cell. Teacher j of a length m is the same for every stride and k. */
function teachersOf({ shape, kind, from, to }: Cell, { params, shared }: Context): Float64Array[] {
  if (kind === 'alternating') return [alternatingTeacher(shape.m)]
  return Array.from({ length: to - from }, (_, i) => {
    if (kind === 'direction') return directed(directionOf(from + i, params.directions))
    return shared.child(`teacher-${shape.m}`, from + i).unitVector(shape.m)
  })
}

/** With the sine of the interval module, as Math.sin may differ in the last bit between machines. */
function directed(angle: number): Float64Array {
  const at = interval(angle)
  return Float64Array.of(mid(cos(at)), mid(sin(at)))
}

const etaOf = (shape: OverlapShape, { step }: Params): number => step / overlapSmoothness(shape)

function restartsFrom(
  teachers: readonly Float64Array[],
  cell: Cell,
  { params, shared, signal }: Context,
) {
  const { kind, shape, from } = cell
  // one teacher only: ten times as many initializations as a random one
  const starts = kind === 'alternating' ? 10 * params.starts : params.starts
  return {
    teachers: teachers.map((wStar, i) => {
      signal.throwIfAborted()
      const stream = shared.child(`${kind}-${shape.m}`, from + i)
      const { k, stride } = shape
      const how = { starts, eta: etaOf(shape, params), maxSteps: params.maxSteps }
      const options = { k, stride, stream, ...how }
      const report = teacherRestarts(wStar, options)
      const { telescope, counts, steps, stuckLosses, checks, breaches } = report
      const clusters = report.clusters.map((c) => ({
        ...c,
        w: Array.from(c.w),
        certificate: certificateRecord(certifyMinimum(c.w, wStar, { k, stride })),
      }))
      const more = overlaps(shape)
        ? furtherRuns(wStar, options, {
            reached: counts.global,
            teachers: overlappingTeachers(params),
          })
        : { reached: 0, starts: 0 }
      return { telescope, counts, steps, stuckLosses, clusters, checks, breaches, more }
    }),
  }
}

/** Doubles the number of runs until it is decided whether few restarts suffice, a few times. */
function furtherRuns(
  wStar: Float64Array,
  options: TeacherOptions & { readonly starts: number },
  before: { readonly reached: number; readonly teachers: number },
): TeacherRuns {
  let { reached } = before
  let { starts } = options
  for (let stage = 1; stage < RESTART_STAGES; stage++) {
    if (restartsSuffice({ reached, starts }, before.teachers) !== undefined) break
    const stream = options.stream.child('more', stage)
    reached += teacherRestarts(wStar, { ...options, stream, starts }).counts.global
    starts *= 2
  }
  return { reached: reached - before.reached, starts: starts - options.starts }
}

/** The loss where runs were stuck, by the sum over all pairs of patches. */
function sumOverPairs({ cell: { shape }, measured, witness }: RestartsRow): void {
  measured.teachers.forEach(({ clusters }, i) => {
    const teacher = witness.teachers.at(i)
    for (const { w, loss } of clusters)
      if (w.length === shape.m && teacher) checkPairs(w, loss, teacher, shape)
  })
}
