import {
  atlasMinima,
  atlasProved,
  atlasSaddles,
  barriers,
  eulerNumber,
  findSaddles,
  indexSum,
  localMinima,
} from '@nonconvex/gaussian-theory/atlas'
import { certificateRecord } from '@nonconvex/gaussian-theory'
import { certifyMinimum, patchGradient, stridePatches } from '@nonconvex/gaussian-theory/overlap'
import { alternatingTeacher } from '@nonconvex/gaussian-theory/restarts'
import { norm2 } from '@nonconvex/tensor'
import { smallest } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf, type ColumnOf } from '../../define/table.js'
import { witnessed, workOf, type PartRow } from '../../define/work.js'
import { checkPairs } from '../check-pairs.js'
import { nameOf, networkColumns } from '../overlap-networks.js'
import { overlapAtlas, shapesOf, type Params } from './experiment.js'
import {
  atlasFigure,
  kindOf,
  lowestExit,
  type AtlasMeasured,
  type MinimumFound,
  type Page,
  type SaddleFound,
} from './figures.js'

type Cell = CellsOf<typeof overlapAtlas>['teacher']
type Context = Pick<MeasureContext<Params>, 'params' | 'shared' | 'stream' | 'signal'>

export const work = workOf(overlapAtlas, {
  parts: {
    teacher: {
      measure: (cell, context) => {
        const teacher = teacherOf(cell, context)
        return witnessed(pointsOf(teacher, cell, context), { teacher })
      },
      audit: sumOverPairs,
    },
  },
  conclude: ({ teacher: rows }, params, verdict) => {
    const pages = rows.map(({ cell: { shape, teacher }, measured, witness }): Page => ({
      shape,
      teacher: teacher === 0 ? 'alternating' : `random ${teacher}`,
      wStar: witness.teacher,
      starts: params.starts,
      ...measured,
    }))
    const [shape] = shapesOf(params)
    return {
      verdicts: [
        verdict(atlasMinima, ['teacher'], () => ({ shape, pages })),
        verdict(atlasProved, ['teacher'], () => ({
          shape,
          minima: pages.flatMap(({ shape: own, wStar, minima }) =>
            minima.map(({ w, proof }) => ({
              shape: own,
              wStar: Array.from(wStar),
              w,
              found: proof,
            })),
          ),
        })),
        verdict(atlasSaddles, ['teacher'], () => ({ shape, pages })),
      ],
      tables: [
        networkTable(pages, params),
        minimumTable(pages, params),
        saddleTable(pages, params),
      ],
      figures: [atlasFigure(pages, params)],
    }
  },
})

/** A unit teacher, the same for every stride and k. */
function teacherOf({ shape: { m }, teacher }: Cell, { shared }: Context): number[] {
  if (teacher === 0) return Array.from(alternatingTeacher(m))
  return Array.from(shared.child(`teacher-${m}`, teacher).unitVector(m))
}

function pointsOf(
  teacher: readonly number[],
  { shape: { k, stride } }: Cell,
  { params, stream, signal }: Context,
) {
  const { starts, searches, maxSteps } = params
  const network = { k, stride, stream }
  const wStar = [...teacher]
  const { minima, open } = localMinima(wStar, { ...network, starts, maxSteps })
  signal.throwIfAborted()
  const known = minima.map(({ w }) => w)
  const saddles = findSaddles(wStar, known, { ...network, searches })
  return {
    minima: minima.map((each) => {
      const found = certifyMinimum(each.w, wStar, { k, stride, rigor: 'proof' })
      return { ...each, w: Array.from(each.w), proof: certificateRecord(found) }
    }),
    saddles: saddles.map((each) => ({ ...each, w: Array.from(each.w) })),
    open,
  }
}

/** Losses and gradients by the sum over all pairs of patches. */
function sumOverPairs({
  cell: { shape },
  measured: { minima, saddles },
  witness: { teacher },
}: PartRow<Cell, AtlasMeasured, { readonly teacher: readonly number[] }>): void {
  const { patches, d } = stridePatches(shape.m, shape)
  for (const { w, loss } of [...minima, ...saddles]) {
    if (w.length !== teacher.length) continue
    checkPairs(w, loss, teacher, shape)
    const slope = norm2(patchGradient(w, teacher, patches, d))
    if (!(slope <= 1e-9))
      throw new Error(`the sum over pairs of patches gives the gradient ${slope}, not 0`)
  }
}

const of = <T>(all: readonly T[], is: (one: T) => boolean): string =>
  `${all.filter(is).length} of ${all.length}`
const isSpurious = ({ spurious }: MinimumFound): boolean => spurious
const isTrapping = (page: Page): boolean => page.minima.some(isSpurious)
const isCertified = ({ certificate }: MinimumFound): boolean => certificate.status === 'certified'
const addsUp = (page: Page): boolean => indexSum(page) === eulerNumber(page.shape.m)

function networkTable(pages: readonly Page[], params: Params) {
  const lines = shapesOf(params).map((shape) => {
    const own = pages.filter((page) => nameOf(page.shape) === nameOf(shape))
    const saddles = own.flatMap((page) => page.saddles)
    const first = saddles.filter(({ index }) => index === 1).length
    return { shape, own, minima: own.flatMap((page) => page.minima), saddles, first }
  })
  return tableOf('networks', 'Critical points of each network, over all its teachers', lines, {
    ...networkColumns,
    trapping: ['teachers with a spurious local minimum', ({ own }) => of(own, isTrapping)],
    spurious: ['spurious local minima', ({ minima }) => minima.filter(isSpurious).length],
    certified: ['minima certified', ({ minima }) => of(minima, isCertified)],
    index1: ['saddles of index 1', ({ first }) => first],
    higher: ['of a higher index', ({ saddles, first }) => saddles.length - first],
    sums: ['teachers with the Poincaré–Hopf sum', ({ own }) => of(own, addsUp)],
    barrier: ['lowest barrier', ({ own }) => smallest(own.flatMap(barriers)), 3],
    open: [
      'runs that reached the step limit',
      ({ own }) => own.reduce((sum, { open }) => sum + open, 0),
    ],
  })
}

interface OfPage {
  readonly page: Page
  readonly w: readonly number[]
}

const network: { readonly [name: string]: ColumnOf<OfPage> } = {
  m: ['$m$', ({ page }) => page.shape.m],
  stride: ['stride', ({ page }) => page.shape.stride],
  k: ['$k$', ({ page }) => page.shape.k],
  teacher: ['teacher', ({ page }) => page.teacher],
}

/** As many coordinates as the longest filter has. */
const coordinates = (params: Params): { [name: string]: ColumnOf<OfPage> } =>
  Object.fromEntries(
    Array.from(
      { length: Math.max(...shapesOf(params).map(({ m }) => m)) },
      (_, i): [string, ColumnOf<OfPage>] => [`w${i + 1}`, [`$w_${i + 1}$`, ({ w }) => w.at(i), 4]],
    ),
  )

/** The data set: one row for each minimum; those of a teacher are numbered by their loss. */
function minimumTable(pages: readonly Page[], params: Params) {
  const lines = pages.flatMap((page) =>
    page.minima.map((minimum: MinimumFound, i) => ({ page, w: minimum.w, minimum, i })),
  )
  return tableOf('minima', 'All minima', lines, {
    ...network,
    number: ['number', ({ i }) => i + 1],
    kind: ['kind', ({ minimum }) => kindOf(minimum)],
    loss: ['loss$/\\lVert w^*\\rVert^2$', ({ minimum }) => minimum.loss, 5],
    fraction: ['fraction of runs', ({ minimum, page }) => minimum.count / page.starts, 3],
    least: ['smallest eigenvalue', ({ minimum }) => minimum.certificate.smallestEigenvalue?.[0], 4],
    radius: ['certified radius', ({ minimum }) => minimum.certificate.radius, 3],
    certificate: ['certificate', ({ minimum }) => minimum.certificate.status],
    exit: ['loss of the lowest adjacent saddle', ({ page, i }) => lowestExit(page, i), 5],
    ...coordinates(params),
  })
}

/** One row for each saddle, with the numbers of the minima on both sides of one of index 1. */
function saddleTable(pages: readonly Page[], params: Params) {
  const lines = pages.flatMap((page) =>
    page.saddles.map((saddle: SaddleFound) => {
      const between = saddle.between.map((i) => (i < 0 ? null : i + 1))
      const [barrier] = barriers({ ...page, saddles: [saddle] })
      return { page, w: saddle.w, saddle, between, barrier }
    }),
  )
  return tableOf('saddles', 'All saddles found', lines, {
    ...network,
    loss: ['loss$/\\lVert w^*\\rVert^2$', ({ saddle }) => saddle.loss, 5],
    index: ['index', ({ saddle }) => saddle.index],
    leastLow: ['smallest eigenvalue from', ({ saddle }) => saddle.smallestEigenvalue?.[0], 6],
    leastHigh: ['to', ({ saddle }) => saddle.smallestEigenvalue?.[1], 6],
    flattest: ['eigenvalue nearest to 0', ({ saddle }) => saddle.flattest, 4],
    greatest: ['largest eigenvalue', ({ saddle }) => saddle.largestEigenvalue, 4],
    gradient: ['gradient', ({ saddle }) => saddle.gradientNorm, 2],
    one: ['between minimum', ({ between }) => between[0]],
    other: ['and minimum', ({ between }) => between[1]],
    barrier: ['above the higher of them', ({ barrier }) => barrier, 3],
    ...coordinates(params),
  })
}
