import {
  atlasMinimaClaim,
  atlasSaddlesClaim,
  barriers,
  decideAtlasMinima,
  decideAtlasSaddles,
  eulerNumber,
  GLOBAL_LOSS,
  indexSum,
} from '@nonconvex/gaussian-theory'
import type { AtlasPage, OverlapShape } from '@nonconvex/gaussian-theory'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { atlasFigures } from './figures.js'
import type { AtlasRow, MinimumFound, SaddleFound } from './measure.js'
import { atlasCells, nameOf, shapesOf } from './params.js'
import type { AtlasParams } from './params.js'

/** What was found for one teacher. */
export interface Page extends AtlasPage {
  readonly teacher: string
  readonly minima: readonly MinimumFound[]
  readonly saddles: readonly SaddleFound[]
  readonly starts: number
}

export function concludeAtlas(rows: readonly AtlasRow[], params: AtlasParams): Conclusion {
  const cells = atlasCells(params)
  const pages = rows.flatMap((row) => {
    const cell = cells.find(({ key }) => key === row.key)
    return cell ? [pageOf(row, cell.shape, params)] : []
  })
  const [shape] = shapesOf(params)
  const progress = { done: rows.length, total: cells.length }
  return {
    verdicts: [
      soFar(atlasMinimaClaim, progress, () => decideAtlasMinima(shape, pages)),
      soFar(atlasSaddlesClaim, progress, () => decideAtlasSaddles(shape, pages)),
    ],
    tables: [networkTable(pages, params), minimumTable(pages, params)],
    figures: atlasFigures(pages, params),
  }
}

function pageOf(
  { key, measured, witness }: AtlasRow,
  shape: OverlapShape,
  { starts }: AtlasParams,
): Page {
  const teacher = key.slice(key.indexOf('/') + 1).replace('teacher=', 'random ')
  return { shape, teacher, wStar: witness.teacher, starts, ...measured }
}

/** Loss of the lowest saddle of index 1 beside a minimum; undefined if none was found there. */
export function lowestExit({ saddles }: Page, at: number): number | undefined {
  const beside = saddles.filter(({ index, between }) => index === 1 && between.includes(at))
  return beside.length === 0 ? undefined : Math.min(...beside.map(({ loss }) => loss))
}

function networkTable(pages: readonly Page[], params: AtlasParams): Table {
  return {
    id: 'networks',
    title: 'Critical points of each network, over all its teachers',
    columns: [
      { name: 'm', title: '$m$' },
      { name: 'stride', title: 'stride' },
      { name: 'k', title: '$k$' },
      { name: 'trapping', title: 'teachers with a local minimum' },
      { name: 'spurious', title: 'local minima' },
      { name: 'certified', title: 'minima certified' },
      { name: 'index1', title: 'saddles of index 1' },
      { name: 'higher', title: 'of a higher index' },
      { name: 'sums', title: 'teachers whose indices add up' },
      { name: 'barrier', title: 'lowest barrier', digits: 3 },
      { name: 'open', title: 'starts out of steps' },
    ],
    rows: shapesOf(params).map((shape) => {
      const own = pages.filter((page) => nameOf(page.shape) === nameOf(shape))
      const minima = own.flatMap((page) => page.minima)
      const saddles = own.flatMap((page) => page.saddles)
      const first = saddles.filter(({ index }) => index === 1).length
      const heights = own.flatMap(barriers)
      const trapping = own.filter((page) => page.minima.some(({ spurious }) => spurious)).length
      const sums = own.filter((page) => indexSum(page) === eulerNumber(shape.m)).length
      return [
        shape.m,
        shape.stride,
        shape.k,
        `${trapping} of ${own.length}`,
        minima.filter(({ spurious }) => spurious).length,
        `${minima.filter(({ certificate }) => certificate.status === 'certified').length} of ${minima.length}`,
        first,
        saddles.length - first,
        `${sums} of ${own.length}`,
        heights.length === 0 ? null : Math.min(...heights),
        own.reduce((sum, { open }) => sum + open, 0),
      ]
    }),
  }
}

/** A place with a loss that is not certified is neither. */
function kindOf(spurious: boolean, loss: number): string {
  if (spurious) return 'local'
  return loss < GLOBAL_LOSS ? 'global' : 'undecided'
}

/** The data set: one row for each minimum, as many coordinates as the longest filter has. */
function minimumTable(pages: readonly Page[], params: AtlasParams): Table {
  const longest = Math.max(...shapesOf(params).map(({ m }) => m))
  const coordinates = Array.from({ length: longest }, (_, i) => i)
  return {
    id: 'minima',
    title: 'All minima',
    columns: [
      { name: 'm', title: '$m$' },
      { name: 'stride', title: 'stride' },
      { name: 'k', title: '$k$' },
      { name: 'teacher', title: 'teacher' },
      { name: 'kind', title: 'kind' },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 5 },
      { name: 'share', title: 'share of starts', digits: 3 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'radius', title: 'radius without another', digits: 3 },
      { name: 'certificate', title: 'certificate' },
      { name: 'exit', title: 'loss of the lowest saddle beside it', digits: 5 },
      ...coordinates.map((i) => ({ name: `w${i + 1}`, title: `$w_${i + 1}$`, digits: 4 })),
    ],
    rows: pages.flatMap((page) =>
      page.minima.map(({ w, loss, count, spurious, certificate }, i) => [
        page.shape.m,
        page.shape.stride,
        page.shape.k,
        page.teacher,
        kindOf(spurious, loss),
        loss,
        count / page.starts,
        certificate.smallestEigenvalue?.[0] ?? null,
        certificate.radius,
        certificate.status,
        lowestExit(page, i) ?? null,
        ...coordinates.map((i) => w[i] ?? null),
      ]),
    ),
  }
}
