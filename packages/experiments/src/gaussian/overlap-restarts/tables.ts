import { tallyStuck } from '@nonconvex/gaussian-theory/overlap'
import {
  restartsForTeachers,
  restartsNeeded,
  ratesAgree,
  leastSuccessRate,
  type TeacherRuns,
} from '@nonconvex/gaussian-theory/restarts'
import { finite, largest, smallest } from '../../averages.js'
import { tableOf, type Table } from '../../define/table.js'
import { networkColumns } from '../overlap-networks.js'
import { rateOf, type ShapeFound } from './found.js'
import { overlappingTeachers, type Params } from './experiment.js'

/** Success rates, their comparison with the reference, and the directions with failures. */
export const restartTables = (found: readonly ShapeFound[], params: Params): Table[] => [
  restartTable(found, Math.max(1, overlappingTeachers(params))),
  ...(found.some(({ compared }) => compared.length > 0) ? [comparedTable(found)] : []),
  ...(found.some(({ directions }) => directions) ? [directionTable(found, params)] : []),
]

const restartTable = (found: readonly ShapeFound[], teachers: number): Table =>
  tableOf('restarts', 'Success rates of random initializations', found, {
    ...networkColumns,
    rate: ['success rate', ({ random }) => random?.rate, 3],
    low: ['95 % from', ({ random }) => random?.interval.low, 3],
    high: ['to', ({ random }) => random?.interval.high, 3],
    failures: ['failures', ({ random }) => random && `${random.failures} of ${random.starts}`],
    without: [
      'teachers without failure',
      ({ random }) => random && `${random.withoutFailure} of ${random.teachers.length}`,
    ],
    worst: ['success rate, worst teacher', ({ random }) => random?.worst, 3],
    stuck: ['loss of failed runs, median', ({ random }) => random?.medianStuckLoss, 3],
    worstStuck: ['worst', ({ random }) => random?.worstStuckLoss, 3],
    places: ['spurious end points', ({ places }) => places.length],
    certified: ['of them certified', ({ places }) => tallyStuck(places).certified?.places ?? 0],
    median: ['median steps', ({ random }) => random?.medianSteps],
    most: ['most steps', ({ random }) => random?.maxSteps],
    restarts: ['restarts for 99 %, by the rate', ({ random: r }) => r && finite(r.restartsFor99)],
    restartsTeacher: [
      'for a random teacher',
      ({ random: r }) => r && finite(restartsForTeachers(r.teachers.map(rateOf))),
    ],
    restartsWorst: ['for the worst, at most', ({ runs }) => worstRestarts(runs, teachers)],
    alternating: ['success rate, alternating teacher', ({ alternating }) => alternating?.rate, 3],
  })

/** Restarts for the worst teacher, by its confidence limit; null if it may need any number. */
const worstRestarts = (runs: readonly TeacherRuns[], teachers: number): number | null =>
  runs.length === 0
    ? null
    : finite(restartsNeeded(Math.min(...runs.map((each) => leastSuccessRate(each, teachers)))))

const comparedTable = (found: readonly ShapeFound[]): Table =>
  tableOf(
    'rates',
    'The success rates beside those of an independent program',
    found.flatMap(({ compared }) => compared),
    {
      ...networkColumns,
      teachers: ['teachers', ({ of }) => of],
      rate: ['success rate', ({ rate }) => rate, 3],
      reference: ['reference', ({ reference }) => reference, 3],
      difference: ['difference', ({ difference }) => difference, 3],
      low: ['joint interval from', ({ low }) => low, 3],
      high: ['to', ({ high }) => high, 3],
      agree: ['agree', (compared) => (ratesAgree(compared) ? 'yes' : 'no')],
    },
  )

function directionTable(found: readonly ShapeFound[], { directions: count }: Params): Table {
  const lines = found.flatMap(({ shape, directions }) => {
    if (!directions) return []
    const rates = directions.teachers.map(rateOf)
    const failing = rates.filter((rate) => rate < 1)
    return [{ k: shape.k, rates, failing, sector: sectorOf(rates) }]
  })
  const degrees = (i: number | undefined) => (i === undefined ? null : (180 * i) / count)
  return tableOf('directions', 'Teachers of length 2 with failures, by direction', lines, {
    k: ['$k$', ({ k }) => k],
    directions: [
      'directions with failures',
      ({ failing, rates }) => `${failing.length} of ${rates.length}`,
    ],
    from: ['from, degrees', ({ sector }) => degrees(sector.at(0)), 4],
    to: ['to, degrees', ({ sector }) => degrees(sector.at(1)), 4],
    least: ['smallest success rate', ({ rates }) => smallest(rates), 3],
    largest: ['largest success rate below 1', ({ failing }) => largest(failing), 3],
  })
}

/**
 * First and last of the directions with failures, after the longest run of those without; the last
 * may be beyond half a turn. None without failures.
 */
function sectorOf(rates: readonly number[]): number[] {
  const n = rates.length
  const bad = Array.from({ length: 2 * n }, (_, i) => i).filter((i) => rates[i % n] < 1)
  if (bad.length === 0) return []
  const gaps = bad.slice(1).map((next, i) => ({ after: next, gap: next - bad[i] }))
  const { after } = gaps.reduce((a, b) => (b.gap > a.gap ? b : a), { after: 0, gap: 0 })
  const start = after % n
  const inside = bad.filter((i) => i >= start && i < start + n)
  return [start, inside.at(-1) ?? start]
}
