import {
  decideGap,
  decideReduction,
  decideRounding,
  decideTractability,
  gapClaim,
  reductionClaim,
  roundingClaim,
  splittingGap,
  tractabilityClaim,
  type SetSystem,
} from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { hardnessFigures } from './figures.js'
import { systemTitle } from './instance.js'
import type { GaussianMeasured, HardMeasured, HardnessRow, ReductionMeasured } from './measure.js'
import { hardnessCells, type HardnessParams } from './params.js'

/** The starts so far on one set system; the system is known from their witness. */
export interface OnSystem {
  readonly rows: readonly HardMeasured[]
  readonly system: SetSystem | undefined
}

/** The rows so far, by what they looked at. */
export interface Found {
  /** the system that is to be split */
  readonly hard: OnSystem
  /** the one that should not split */
  readonly blocked: OnSystem
  readonly gaussian: readonly GaussianMeasured[]
  readonly reduction: readonly ReductionMeasured[]
}

/** Losses below this count as zero. */
export const ZERO = 1e-8
/** What Gaussian inputs are to reach. */
const REACHED = 1e-14

export function concludeHardness(rows: readonly HardnessRow[], params: HardnessParams): Conclusion {
  const those = (part: string) => rows.filter(({ key }) => key.startsWith(`${part}=`))
  const of = (part: string) => those(part).map(({ measured }) => measured)
  const onSystem = (part: string): OnSystem => ({
    rows: of(part) as HardMeasured[],
    system: those(part).at(0)?.witness,
  })
  const found: Found = {
    hard: onSystem('hard'),
    blocked: onSystem('blocked'),
    gaussian: of('gaussian') as GaussianMeasured[],
    reduction: of('reduction') as ReductionMeasured[],
  }
  return {
    verdicts: verdicts(found, params),
    tables: [startTable(found, params)],
    figures: hardnessFigures(found, params),
  }
}

const none: SetSystem = { n: 1, subsets: [], k: 2 }

/** Loss and partition of the best start. */
export function bestOf({ rows }: OnSystem): { loss: number; partition: readonly number[] } {
  return rows
    .map((row) => ({ loss: Math.min(...row.losses), partition: row.best }))
    .reduce((a, b) => (b.loss < a.loss ? b : a), { loss: Infinity, partition: [0] })
}

function verdicts(
  { hard, blocked, gaussian, reduction }: Found,
  params: HardnessParams,
): Verdict[] {
  const total = (part: string): number =>
    hardnessCells(params).filter((cell) => cell.part === part).length
  const both = {
    done: hard.rows.length > 0 && gaussian.length > 0 ? hard.rows.length + gaussian.length : 0,
    total: total('hard') + total('gaussian'),
  }
  const best = bestOf(hard)
  const losses = hard.rows.flatMap((row) => row.losses)
  return [
    soFar(reductionClaim, { done: reduction.length, total: total('reduction') }, () =>
      decideReduction({
        instances: params.instances,
        disagreements: reduction.reduce((sum, r) => sum + r.disagreements, 0),
        largestLoss: Math.max(...reduction.map((r) => r.largestLoss)),
      }),
    ),
    soFar(gapClaim, { done: blocked.rows.length, total: total('blocked') }, () =>
      decideGap(
        blocked.system ?? none,
        bestOf(blocked).loss,
        blocked.rows.at(0)?.splitting ?? undefined,
      ),
    ),
    soFar(roundingClaim, { done: hard.rows.length, total: total('hard') }, () =>
      decideRounding(hard.system ?? none, best.loss, best.partition),
    ),
    soFar(tractabilityClaim, both, () =>
      decideTractability({
        hard: {
          starts: losses.length,
          zeroLoss: losses.filter((loss) => loss < ZERO).length,
          splittable: (hard.rows.at(0)?.splitting ?? null) !== null,
        },
        gaussian: {
          starts: gaussian.flatMap(({ losses }) => losses).length,
          reached: gaussian.flatMap(({ losses }) => losses).filter((loss) => loss < REACHED).length,
        },
      }),
    ),
  ]
}

/** A row of the table: starts on a set system. */
function systemLine(name: string, { rows, system }: OnSystem): Table['rows'][number] {
  const losses = rows.flatMap((row) => row.losses)
  const decoded = rows.flatMap((row) => row.decoded).filter(Boolean).length
  const splitting = rows.at(0)?.splitting
  return [
    name,
    count(losses, ZERO),
    losses.length > 0 ? Math.min(...losses) : null,
    system ? splittingGap(system) : null,
    `${decoded} of ${losses.length}`,
    splitting === undefined ? null : splitting === null ? 'no splitting' : splitting.join(' '),
  ]
}

const count = (list: readonly number[], below: number): string =>
  `${list.filter((x) => x < below).length} of ${list.length}`

function startTable({ hard, blocked, gaussian }: Found, params: HardnessParams): Table {
  const easy = gaussian.flatMap((row) => row.losses)
  return {
    id: 'starts',
    title: 'The same network on set systems and on Gaussian inputs',
    columns: [
      { name: 'inputs', title: 'inputs' },
      { name: 'solved', title: 'starts that reach loss 0' },
      { name: 'best', title: 'best loss', digits: 4 },
      { name: 'gap', title: 'least loss without a splitting, $\\Gamma$', digits: 4 },
      { name: 'decoded', title: 'starts whose partition splits' },
      { name: 'brute', title: 'brute force' },
    ],
    rows: [
      systemLine(`set system ${systemTitle(params.instance)}`, hard),
      systemLine(`set system ${systemTitle(params.blocked)}`, blocked),
      [
        'Gaussian',
        count(easy, REACHED),
        easy.length > 0 ? Math.min(...easy) : null,
        null,
        null,
        null,
      ],
    ],
  }
}
