import { verdictOn } from '@nonconvex/optim/claims'
import {
  atlasMinima,
  atlasSaddles,
  barriers,
  eulerNumber,
  indexSum,
  type OverlapShape,
} from '@nonconvex/gaussian-theory'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { atlasFigures } from './figures.js'
import { minimumTable, saddleTable } from './lists.js'
import type { AtlasRow } from './measure.js'
import type { Page } from './page.js'
import { atlasCells, nameOf, shapesOf, type AtlasParams } from './params.js'

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
      soFar(atlasMinima, progress, () => verdictOn(atlasMinima, { shape, pages })),
      soFar(atlasSaddles, progress, () => verdictOn(atlasSaddles, { shape, pages })),
    ],
    tables: [networkTable(pages, params), minimumTable(pages, params), saddleTable(pages, params)],
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
