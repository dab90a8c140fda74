import { tallyStuck } from '@nonconvex/gaussian-theory/overlap'
import {
  restartsForTeachers,
  restartsNeeded,
  ratesAgree,
  type RestartReport,
} from '@nonconvex/gaussian-theory/restarts'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { finite, largest, smallest } from '../../averages.js'
import { tableOf, type Table } from '../../define/table.js'
import { networkColumns } from '../overlap-networks.js'
import { shareOf, type ShapeFound } from './found.js'
import type { ParamsOf } from '../../define/definition.js'
import type { overlapRestarts } from './experiment.js'

type Params = ParamsOf<typeof overlapRestarts>

/**
 * What became of the starts, how their shares compare, and which directions of the plane are hard.
 */
export const restartTables = (found: readonly ShapeFound[], params: Params): Table[] => [
  restartTable(found),
  ...(found.some(({ compared }) => compared.length > 0) ? [comparedTable(found)] : []),
  ...(found.some(({ directions }) => directions) ? [directionTable(found, params)] : []),
]

const restartTable = (found: readonly ShapeFound[]): Table =>
  tableOf('restarts', 'How often a random start reaches the global optimum', found, {
    ...networkColumns,
    share: ['share', ({ random }) => random?.share, 3],
    low: ['95 % from', ({ random }) => random?.interval.low, 3],
    high: ['to', ({ random }) => random?.interval.high, 3],
    failures: ['failures', ({ random }) => random && `${random.failures} of ${random.starts}`],
    without: [
      'teachers without failure',
      ({ random }) => random && `${random.withoutFailure} of ${random.teachers.length}`,
    ],
    worst: ['share, worst teacher', ({ random }) => random?.worst, 3],
    stuck: ['loss of stuck starts, median', ({ random }) => random?.medianStuckLoss, 3],
    worstStuck: ['worst', ({ random }) => random?.worstStuckLoss, 3],
    places: ['places where starts are stuck', ({ places }) => places.length],
    certified: ['of them certified', ({ places }) => tallyStuck(places).certified?.places ?? 0],
    median: ['median steps', ({ random }) => random?.medianSteps],
    most: ['most steps', ({ random }) => random?.maxSteps],
    restarts: ['restarts for 99 %, by the share', ({ random: r }) => r && finite(r.restartsFor99)],
    restartsTeacher: [
      'for a random teacher',
      ({ random: r }) => r && finite(restartsForTeachers(r.teachers.map(shareOf))),
    ],
    restartsWorst: ['for the worst, at most', ({ random }) => random && worstRestarts(random)],
    alternating: ['share, alternating teacher', ({ alternating }) => alternating?.share, 3],
  })

/** Restarts for the worst teacher, by the low end of its interval; null if it may need any number. */
const worstRestarts = ({ teachers }: RestartReport): number | null => {
  const low = teachers.map(({ counts, starts }) => wilsonInterval(counts.global, starts).low)
  return finite(restartsNeeded(Math.min(...low)))
}

const comparedTable = (found: readonly ShapeFound[]): Table =>
  tableOf(
    'shares',
    'The shares beside those of a separate measurement',
    found.flatMap(({ compared }) => compared),
    {
      ...networkColumns,
      teachers: ['teachers', ({ of }) => of],
      share: ['share', ({ share }) => share, 3],
      reference: ['in the table', ({ reference }) => reference, 3],
      difference: ['difference', ({ difference }) => difference, 3],
      low: ['joint interval from', ({ low }) => low, 3],
      high: ['to', ({ high }) => high, 3],
      agree: ['agree', (compared) => (ratesAgree(compared) ? 'yes' : 'no')],
    },
  )

function directionTable(found: readonly ShapeFound[], { directions: count }: Params): Table {
  const lines = found.flatMap(({ shape, directions }) => {
    if (!directions) return []
    const shares = directions.teachers.map(shareOf)
    const failing = shares.filter((share) => share < 1)
    return [{ k: shape.k, shares, failing, sector: sectorOf(shares) }]
  })
  const degrees = (i: number | undefined) => (i === undefined ? null : (180 * i) / count)
  return tableOf('directions', 'Teachers of length 2 with failures, by direction', lines, {
    k: ['$k$', ({ k }) => k],
    directions: [
      'directions with failures',
      ({ failing, shares }) => `${failing.length} of ${shares.length}`,
    ],
    from: ['from, degrees', ({ sector }) => degrees(sector.at(0)), 4],
    to: ['to, degrees', ({ sector }) => degrees(sector.at(1)), 4],
    least: ['smallest share', ({ shares }) => smallest(shares), 3],
    largest: ['largest share below 1', ({ failing }) => largest(failing), 3],
  })
}

/**
 * First and last of the directions with failures, after the longest run of those without; the last
 * may be beyond half a turn. None without failures.
 */
function sectorOf(shares: readonly number[]): number[] {
  const n = shares.length
  const bad = Array.from({ length: 2 * n }, (_, i) => i).filter((i) => shares[i % n] < 1)
  if (bad.length === 0) return []
  const gaps = bad.slice(1).map((next, i) => ({ after: next, gap: next - bad[i] }))
  const { after } = gaps.reduce((a, b) => (b.gap > a.gap ? b : a), { after: 0, gap: 0 })
  const start = after % n
  const inside = bad.filter((i) => i >= start && i < start + n)
  return [start, inside.at(-1) ?? start]
}
