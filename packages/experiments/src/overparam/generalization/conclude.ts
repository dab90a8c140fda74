import {
  decideCoverage,
  decideLeaveOneOut,
  decideRebuilt,
  heldOutCovers,
  sampleHypotheses,
} from '@nonconvex/overparam'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import { generalizationFigures } from './figures.js'
import { promisesOf } from './guarantees.js'
import type { SampleRow } from './measure.js'
import { generalizationCells, type GeneralizationParams } from './params.js'
import { bestTable, coverageTable, sizeTable } from './tables.js'

/** Verdicts, tables and figures of the samples so far. */
export function concludeGeneralization(
  rows: readonly SampleRow[],
  p: GeneralizationParams,
): Conclusion {
  const samples = rows.map((row) => row.measured)
  return {
    verdicts: verdicts(rows, p),
    tables: [bestTable(samples, p), sizeTable(samples, p), coverageTable(samples, p)],
    figures: generalizationFigures(samples, p),
  }
}

function verdicts(rows: readonly SampleRow[], p: GeneralizationParams): Verdict[] {
  const cells = generalizationCells(p)
  const keys = new Set(cells.filter(({ n }) => n === p.n[0]).map(({ key }) => key))
  const repeated = rows.filter(({ key }) => keys.has(key)).map(({ measured }) => measured)
  const missing = keys.size - repeated.length
  const hypotheses = sampleHypotheses({
    independent: p.copies === 1 ? 'yes' : 'no',
    fixedBefore: true,
  })
  const promised = repeated.map((sample) => promisesOf(sample, p, p.repeatDelta))
  const draws = { delta: p.repeatDelta, missing }
  return [
    decideRebuilt({
      runs: rows.flatMap(({ key, measured: { differing, differingMore } }) => [
        { name: `${named(key)}, updated examples`, differing, lacking: 0 },
        { name: `${named(key)}, some more`, differing: differingMore, lacking: 0 },
      ]),
      missing: 2 * (cells.length - rows.length),
    }),
    // never larger than by the whole subset, with or without the word: where it does not fail, they
    // do not
    decideCoverage({
      ...draws,
      hypotheses,
      draws: promised.map(({ blocks, short }) => ({ bound: blocks, error: short })),
    }),
    decideCoverage({
      ...draws,
      claim: heldOutCovers,
      // these are drawn one by one, whatever the sample is
      hypotheses: sampleHypotheses({ independent: 'yes', fixedBefore: true }),
      draws: promised.map(({ heldOut, error }) => ({ bound: heldOut, error })),
    }),
    decideLeaveOneOut({
      n: p.n[0],
      missing,
      hypotheses,
      draws: repeated.map((m) => ({
        distinct: m.moreDistinct,
        error: m.short / p.population,
        converged: m.status === 'converged' && m.moreStatus === 'converged',
      })),
    }),
  ]
}

/** 'n=100/draw=3' in words. */
const named = (key: string): string => key.replace('/', ', ').replaceAll('=', ' = ')
