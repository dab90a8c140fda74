import {
  decideAgreement,
  decideLandscapeGap,
  decideSGD,
  landscapeGapClaim,
  sgdClaim,
  sgdStep,
  unbiasedClaim,
} from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim/claims'
import { mean, median } from '../../averages.js'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { ascending } from '../ascending.js'
import { soFar } from '../partial.js'
import { sgdFigures } from './figures.js'
import type { GapMeasured, GradientMeasured, RunMeasured, RunsMeasured, SGDRow } from './measure.js'
import { outcomes, type FixedMeasured } from './fixed-sample.js'
import { etaOf, sgdCells, sizes, type SGDParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly gradient: GradientMeasured | undefined
  readonly batches: readonly { readonly batch: number; readonly runs: readonly RunMeasured[] }[]
  readonly gaps: readonly { readonly n: number; readonly gaps: readonly number[] }[]
  /** descent on fixed samples of n examples, ascending */
  readonly fixed: readonly { readonly n: number; readonly ends: FixedMeasured['ends'] }[]
}

export function concludeSGD(rows: readonly SGDRow[], params: SGDParams): Conclusion {
  const found: Found = {
    gradient: rows.find(({ key }) => key === 'gradient')?.measured as GradientMeasured | undefined,
    batches: params.batch.map((batch) => ({
      batch,
      runs: rows
        .filter(({ key }) => key.startsWith(`batch=${batch}/`))
        .flatMap(({ measured }) => (measured as RunsMeasured).runs),
    })),
    gaps: sizes.flatMap((n) => {
      const row = rows.find(({ key }) => key === `gap=${n}`)
      return row ? [{ n, gaps: (row.measured as GapMeasured).gaps }] : []
    }),
    fixed: ascending(params.fixed)
      .map((n) => ({
        n,
        ends: rows
          .filter(({ key }) => key.startsWith(`fixed=${n}/`))
          .flatMap(({ measured }) => (measured as FixedMeasured).ends),
      }))
      .filter(({ ends }) => ends.length > 0),
  }
  return {
    verdicts: verdicts(rows, found, params),
    tables: [runTable(found, params), fixedTable(found)],
    figures: sgdFigures(found, params),
  }
}

function verdicts(rows: readonly SGDRow[], found: Found, params: SGDParams): Verdict[] {
  const { gradient, batches, gaps } = found
  const part = (prefix: string): { done: number; total: number } => ({
    done: rows.filter(({ key }) => key.startsWith(prefix)).length,
    total: sgdCells(params).filter(({ key }) => key.startsWith(prefix)).length,
  })
  return [
    soFar(unbiasedClaim, part('gradient'), () =>
      decideAgreement(
        unbiasedClaim,
        params.samples,
        gradient ?? { exact: [], mean: [], error: [] },
      ),
    ),
    soFar(sgdClaim, part('batch='), () => {
      const shares = batches
        .filter(({ runs }) => runs.length > 0)
        .map(({ runs }) => ({
          runs,
          share: runs.filter((run) => run.arrived).length / runs.length,
        }))
      const { runs } = shares.reduce((a, b) => (b.share < a.share ? b : a))
      const steps = median(runs.filter((run) => run.arrived).map((run) => run.steps))
      return decideSGD({
        m: params.m,
        runs: runs.length,
        arrived: runs.filter((run) => run.arrived).length,
        etaRatio: Math.max(...params.etaB),
        ...(steps !== null && { medianSteps: steps }),
      })
    }),
    soFar(landscapeGapClaim, part('gap='), () =>
      decideLandscapeGap(
        gaps.map(({ n }) => n),
        gaps.map((g) => mean(g.gaps)),
      ),
    ),
  ]
}

function runTable({ batches }: Found, params: SGDParams): Table {
  const { k, m } = params
  return {
    id: 'runs',
    title: 'Runs with a constant step',
    columns: [
      { name: 'batch', title: 'batch $B$' },
      { name: 'eta', title: 'step $\\eta$', digits: 4 },
      { name: 'arrived', title: 'runs that arrived' },
      { name: 'median', title: 'median steps' },
      { name: 'most', title: 'most steps' },
      { name: 'turned', title: 'steps away from the teacher', digits: 3 },
    ],
    rows: batches.map(({ batch, runs }) => {
      const steps = runs.filter((run) => run.arrived).map((run) => run.steps)
      const turned = runs.reduce((sum, run) => sum + run.turnedAway, 0)
      const total = runs.reduce((sum, run) => sum + run.steps, 0)
      return [
        batch,
        etaOf(params, batch) * sgdStep({ k, stride: m, m, batch }),
        `${steps.length} of ${runs.length}`,
        median(steps),
        steps.length > 0 ? Math.max(...steps) : null,
        total > 0 ? turned / total : null,
      ]
    }),
  }
}

function fixedTable({ fixed }: Found): Table {
  return {
    id: 'fixed',
    title: 'Descent on a fixed sample',
    columns: [
      { name: 'n', title: 'examples $N$' },
      { name: 'teacher', title: 'at the teacher' },
      { name: 'other-fit', title: 'at other weights that fit' },
      { name: 'flat', title: 'flat, loss > 0' },
      { name: 'kink', title: 'at a kink, loss > 0' },
      { name: 'on-the-way', title: 'not finished' },
      { name: 'distance', title: 'median distance of failures', digits: 3 },
      { name: 'loss', title: 'largest loss of the sample', digits: 3 },
    ],
    rows: fixed.map(({ n, ends }) => [
      n,
      ...outcomes.map((outcome) => ends.filter((end) => end.outcome === outcome).length),
      median(ends.filter(({ outcome }) => outcome !== 'teacher').map(({ distance }) => distance)),
      Math.max(...ends.map(({ loss }) => loss)),
    ]),
  }
}
