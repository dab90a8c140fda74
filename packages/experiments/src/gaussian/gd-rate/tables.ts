import {
  escapeClaim,
  invariantClaims,
  sharpEscapeClaim,
  stationarityClaim,
  totalClaim,
} from '@nonconvex/gaussian-theory'
import { median } from '../../averages.js'
import type { Table } from '../../define/table.js'
import type { Bounded } from './bounds.js'
import type { RunMeasured } from './measure.js'

/** How the runs ended. */
export function endTable(runs: readonly RunMeasured[]): Table {
  const ends: Record<string, string> = {
    converged: 'at the teacher',
    antiparallel: 'at the saddle −αw*',
    origin: 'at the origin',
    'max-steps': 'out of steps',
    'not-finite': 'diverged',
  }
  const kinds = [...new Set(runs.map((run) => run.status))].sort()
  return {
    id: 'ends',
    title: 'Where the runs ended',
    columns: [
      { name: 'end', title: 'end' },
      { name: 'runs', title: 'runs' },
      { name: 'share', title: 'share', digits: 3 },
      { name: 'steps', title: 'most steps' },
    ],
    rows: kinds.map((kind) => {
      const those = runs.filter((run) => run.status === kind)
      const most = Math.max(...those.map((run) => run.steps))
      return [ends[kind] ?? kind, those.length, those.length / runs.length, most]
    }),
  }
}

/** Steps made and steps allowed: median and largest over the runs. */
export function stepTable(bounded: readonly Bounded[]): Table {
  const line = (
    name: string,
    claim: string,
    met: (run: RunMeasured) => number | null,
  ): (string | number | null)[] => {
    const made = bounded.flatMap(({ run }) => met(run) ?? [])
    const allowed = bounded.map(({ bounds }) => bounds[claim].value).filter(Number.isFinite)
    return [name, median(made), most(made), median(allowed), most(allowed)]
  }
  return {
    id: 'steps',
    title: 'Steps made and allowed',
    columns: [
      { name: 'goal', title: 'goal' },
      { name: 'median', title: 'made, median' },
      { name: 'most', title: 'made, most' },
      { name: 'allowedMedian', title: 'allowed, median' },
      { name: 'allowedMost', title: 'allowed, most' },
    ],
    rows: [
      line('loss ε', totalClaim.id, (run) => run.converged),
      line('small gradient, O(ε⁻²)', stationarityClaim.id, (run) => run.stationary),
      line('away from the saddle’s ray', escapeClaim.id, (run) => run.escaped),
      line('the same, by recursion', sharpEscapeClaim.id, (run) => run.escaped),
    ],
  }
}

/** Checks and violations of I1–I8 and B3. */
export function invariantTable(runs: readonly RunMeasured[]): Table {
  return {
    id: 'invariants',
    title: 'What was checked at every step',
    columns: [
      { name: 'invariant', title: 'invariant' },
      { name: 'checks', title: 'checks' },
      { name: 'violations', title: 'violations' },
    ],
    rows: invariantClaims.map(({ id, title }) => {
      const counts = runs.flatMap((run) => run.counts.filter((c) => c.claim === id))
      const sum = (of: 'checks' | 'breaches'): number => counts.reduce((s, c) => s + c[of], 0)
      return [title, sum('checks'), sum('breaches')]
    }),
  }
}

function most(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}
