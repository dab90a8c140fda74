import {
  restartsForTeachers,
  restartsNeeded,
  sharesAgree,
  tallyStuck,
  type RestartReport,
} from '@nonconvex/gaussian-theory'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import type { Table } from '../../define/table.js'
import { shareOf, type ShapeFound } from './found.js'
import type { RestartsParams } from './params.js'

const network = [
  { name: 'm', title: '$m$' },
  { name: 'stride', title: 'stride' },
  { name: 'k', title: '$k$' },
] as const

/**
 * What became of the starts, how their shares compare, and which directions of the plane are hard.
 */
export function restartTables(found: readonly ShapeFound[], params: RestartsParams): Table[] {
  return [
    restartTable(found),
    ...(found.some(({ compared }) => compared.length > 0) ? [comparedTable(found)] : []),
    ...(found.some(({ directions }) => directions) ? [directionTable(found, params)] : []),
  ]
}

function restartTable(found: readonly ShapeFound[]): Table {
  return {
    id: 'restarts',
    title: 'How often a random start reaches the global optimum',
    columns: [
      ...network,
      { name: 'share', title: 'share', digits: 3 },
      { name: 'low', title: '95 % from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'failures', title: 'failures' },
      { name: 'without', title: 'teachers without failure' },
      { name: 'worst', title: 'share, worst teacher', digits: 3 },
      { name: 'stuck', title: 'loss of stuck starts, median', digits: 3 },
      { name: 'worstStuck', title: 'worst', digits: 3 },
      { name: 'places', title: 'places where starts are stuck' },
      { name: 'certified', title: 'of them certified' },
      { name: 'median', title: 'median steps' },
      { name: 'most', title: 'most steps' },
      { name: 'restarts', title: 'restarts for 99 %, by the share' },
      { name: 'restartsTeacher', title: 'for a random teacher' },
      { name: 'restartsWorst', title: 'for the worst, at most' },
      { name: 'alternating', title: 'share, alternating teacher', digits: 3 },
    ],
    rows: found.map(({ shape: { m, stride, k }, random, alternating, places }) => [
      m,
      stride,
      k,
      random?.share ?? null,
      random?.interval.low ?? null,
      random?.interval.high ?? null,
      random ? `${random.failures} of ${random.starts}` : null,
      random ? `${random.withoutFailure} of ${random.teachers.length}` : null,
      random?.worst ?? null,
      random?.medianStuckLoss ?? null,
      random?.worstStuckLoss ?? null,
      places.length,
      tallyStuck(places).certified?.places ?? 0,
      random?.medianSteps ?? null,
      random?.maxSteps ?? null,
      random ? finite(random.restartsFor99) : null,
      random ? finite(restartsForTeachers(random.teachers.map(shareOf))) : null,
      random ? worstRestarts(random) : null,
      alternating?.share ?? null,
    ]),
  }
}

/**
 * Restarts that the worst teacher needs, by the lower end of its own interval; null if it may need
 * any number.
 */
function worstRestarts({ teachers }: RestartReport): number | null {
  const needed = teachers.map(({ counts, starts }) =>
    restartsNeeded(wilsonInterval(counts.global, starts).low),
  )
  return finite(Math.max(...needed))
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)

function comparedTable(found: readonly ShapeFound[]): Table {
  return {
    id: 'shares',
    title: 'The shares beside those of a separate measurement',
    columns: [
      ...network,
      { name: 'teachers', title: 'teachers' },
      { name: 'share', title: 'share', digits: 3 },
      { name: 'reference', title: 'in the table', digits: 3 },
      { name: 'difference', title: 'difference', digits: 3 },
      { name: 'low', title: 'joint interval from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'agree', title: 'agree' },
    ],
    rows: found.flatMap(({ compared }) =>
      compared.map(({ shape: { m, stride, k }, of, ...c }) => [
        m,
        stride,
        k,
        of,
        c.share,
        c.reference,
        c.difference,
        c.low,
        c.high,
        sharesAgree(c) ? 'yes' : 'no',
      ]),
    ),
  }
}

function directionTable(found: readonly ShapeFound[], params: RestartsParams): Table {
  return {
    id: 'directions',
    title: 'Teachers of length 2 with failures, by direction',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'directions', title: 'directions with failures' },
      { name: 'from', title: 'from, degrees', digits: 4 },
      { name: 'to', title: 'to, degrees', digits: 4 },
      { name: 'least', title: 'smallest share', digits: 3 },
      { name: 'largest', title: 'largest share below 1', digits: 3 },
    ],
    rows: found.flatMap(({ shape, directions }) => {
      if (!directions) return []
      const shares = directions.teachers.map(shareOf)
      const failing = shares.filter((share) => share < 1)
      const [from, to] = sectorOf(shares)
      const degrees = (i: number): number => (180 * i) / params.directions
      return [
        [
          shape.k,
          `${failing.length} of ${shares.length}`,
          ...(failing.length === 0 ? [null, null] : [degrees(from), degrees(to)]),
          Math.min(...shares),
          failing.length === 0 ? null : Math.max(...failing),
        ],
      ]
    }),
  }
}

/**
 * First and last of the directions with failures, after the longest run of those without; the last
 * may be beyond half a turn.
 */
function sectorOf(shares: readonly number[]): [number, number] {
  const n = shares.length
  const bad = Array.from({ length: 2 * n }, (_, i) => i).filter((i) => shares[i % n] < 1)
  const gaps = bad.slice(1).map((next, i) => ({ after: next, gap: next - bad[i] }))
  const { after } = gaps.reduce((a, b) => (b.gap > a.gap ? b : a), { after: 0, gap: 0 })
  const start = after % n
  const inside = bad.filter((i) => i >= start && i < start + n)
  return [start, inside.at(-1) ?? start]
}
