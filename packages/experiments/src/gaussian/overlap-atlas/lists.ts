import { barriers } from '@nonconvex/gaussian-theory'
import type { Column, Table } from '../../define/table.js'
import { kindOf, lowestExit, type Page } from './page.js'
import { shapesOf, type AtlasParams } from './params.js'

const network: readonly Column[] = [
  { name: 'm', title: '$m$' },
  { name: 'stride', title: 'stride' },
  { name: 'k', title: '$k$' },
  { name: 'teacher', title: 'teacher' },
]
const cells = ({ shape: { m, stride, k }, teacher }: Page): (number | string)[] => [
  m,
  stride,
  k,
  teacher,
]

/** As many coordinates as the longest filter has. */
function coordinates(params: AtlasParams): {
  columns: Column[]
  of: (w: readonly number[]) => (number | null)[]
} {
  const longest = Math.max(...shapesOf(params).map(({ m }) => m))
  const indices = Array.from({ length: longest }, (_, i) => i)
  return {
    columns: indices.map((i) => ({ name: `w${i + 1}`, title: `$w_${i + 1}$`, digits: 4 })),
    of: (w) => indices.map((i) => w[i] ?? null),
  }
}

/** The data set: one row for each minimum; those of a teacher are numbered by their loss. */
export function minimumTable(pages: readonly Page[], params: AtlasParams): Table {
  const weights = coordinates(params)
  return {
    id: 'minima',
    title: 'All minima',
    columns: [
      ...network,
      { name: 'number', title: 'number' },
      { name: 'kind', title: 'kind' },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 5 },
      { name: 'share', title: 'share of starts', digits: 3 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'radius', title: 'radius without another', digits: 3 },
      { name: 'certificate', title: 'certificate' },
      { name: 'exit', title: 'loss of the lowest saddle beside it', digits: 5 },
      ...weights.columns,
    ],
    rows: pages.flatMap((page) =>
      page.minima.map((minimum, i) => [
        ...cells(page),
        i + 1,
        kindOf(minimum),
        minimum.loss,
        minimum.count / page.starts,
        minimum.certificate.smallestEigenvalue?.[0] ?? null,
        minimum.certificate.radius,
        minimum.certificate.status,
        lowestExit(page, i) ?? null,
        ...weights.of(minimum.w),
      ]),
    ),
  }
}

/** One row for each saddle, with the numbers of the minima on both sides of one of index 1. */
export function saddleTable(pages: readonly Page[], params: AtlasParams): Table {
  const weights = coordinates(params)
  return {
    id: 'saddles',
    title: 'All saddles found',
    columns: [
      ...network,
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 5 },
      { name: 'index', title: 'index' },
      { name: 'leastLow', title: 'smallest eigenvalue from', digits: 6 },
      { name: 'leastHigh', title: 'to', digits: 6 },
      { name: 'flattest', title: 'eigenvalue nearest to 0', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
      { name: 'gradient', title: 'gradient', digits: 2 },
      { name: 'one', title: 'between minimum' },
      { name: 'other', title: 'and minimum' },
      { name: 'barrier', title: 'above the higher of them', digits: 3 },
      ...weights.columns,
    ],
    rows: pages.flatMap((page) =>
      page.saddles.map((saddle) => {
        const [one, other] = saddle.between.map((place) => (place < 0 ? null : place + 1))
        return [
          ...cells(page),
          saddle.loss,
          saddle.index,
          saddle.smallestEigenvalue?.[0] ?? null,
          saddle.smallestEigenvalue?.[1] ?? null,
          saddle.flattest,
          saddle.largestEigenvalue,
          saddle.gradientNorm,
          one ?? null,
          other ?? null,
          barriers({ ...page, saddles: [saddle] }).at(0) ?? null,
          ...weights.of(saddle.w),
        ]
      }),
    ),
  }
}
