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
} from '@nonconvex/gaussian-theory'
import type { SetSystem } from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { hardnessFigures } from './figures.js'
import type { GaussianMeasured, HardMeasured, HardnessRow, ReductionMeasured } from './measure.js'
import { hardnessCells } from './params.js'
import type { HardnessParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly hard: readonly HardMeasured[]
  readonly gaussian: readonly GaussianMeasured[]
  readonly reduction: readonly ReductionMeasured[]
  readonly system: SetSystem | undefined
}

/** Losses below this count as zero. */
export const ZERO = 1e-8
/** What Gaussian inputs are to reach. */
const REACHED = 1e-14

export function concludeHardness(rows: readonly HardnessRow[], params: HardnessParams): Conclusion {
  const of = (part: string) =>
    rows.filter(({ key }) => key.startsWith(`${part}=`)).map(({ measured }) => measured)
  const found: Found = {
    hard: of('hard') as HardMeasured[],
    gaussian: of('gaussian') as GaussianMeasured[],
    reduction: of('reduction') as ReductionMeasured[],
    system: rows.at(0)?.witness,
  }
  return {
    verdicts: verdicts(found, params),
    tables: [startTable(found)],
    figures: hardnessFigures(found, params),
  }
}

function verdicts({ hard, gaussian, reduction, system }: Found, params: HardnessParams): Verdict[] {
  const total = (part: string): number =>
    hardnessCells(params).filter((cell) => cell.part === part).length
  const onHard = { done: system ? hard.length : 0, total: total('hard') }
  const both = {
    done: hard.length > 0 && gaussian.length > 0 ? hard.length + gaussian.length : 0,
    total: total('hard') + total('gaussian'),
  }
  const best = hard.reduce<{ loss: number; partition: readonly number[] } | undefined>((a, row) => {
    const loss = Math.min(...row.losses)
    return a && a.loss <= loss ? a : { loss, partition: row.best }
  }, undefined)
  const splitting = hard.at(0)?.splitting ?? undefined
  const none: SetSystem = { n: 1, subsets: [], k: 2 }
  return [
    soFar(reductionClaim, { done: reduction.length, total: total('reduction') }, () =>
      decideReduction({
        instances: params.instances,
        disagreements: reduction.reduce((sum, r) => sum + r.disagreements, 0),
        largestLoss: Math.max(...reduction.map((r) => r.largestLoss)),
      }),
    ),
    soFar(gapClaim, onHard, () => decideGap(system ?? none, best?.loss ?? NaN, splitting)),
    soFar(roundingClaim, onHard, () =>
      decideRounding(system ?? none, best?.loss ?? NaN, best?.partition ?? [0]),
    ),
    soFar(tractabilityClaim, both, () =>
      decideTractability({
        hard: {
          starts: hard.flatMap(({ losses }) => losses).length,
          zeroLoss: hard.flatMap(({ losses }) => losses).filter((loss) => loss < ZERO).length,
          splittable: splitting !== undefined,
        },
        gaussian: {
          starts: gaussian.flatMap(({ losses }) => losses).length,
          reached: gaussian.flatMap(({ losses }) => losses).filter((loss) => loss < REACHED).length,
        },
      }),
    ),
  ]
}

function startTable({ hard, gaussian, system }: Found): Table {
  const losses = hard.flatMap((row) => row.losses)
  const easy = gaussian.flatMap((row) => row.losses)
  const splitting = hard.at(0)?.splitting
  const count = (list: readonly number[], below: number): string =>
    `${list.filter((x) => x < below).length} of ${list.length}`
  return {
    id: 'starts',
    title: 'The same network on a set system and on Gaussian inputs',
    columns: [
      { name: 'inputs', title: 'inputs' },
      { name: 'solved', title: 'starts that reach loss 0' },
      { name: 'best', title: 'best loss', digits: 4 },
      { name: 'gap', title: 'least loss without a splitting, $\\Gamma$', digits: 4 },
      { name: 'decoded', title: 'starts whose partition splits' },
      { name: 'brute', title: 'brute force' },
    ],
    rows: [
      [
        'set system',
        count(losses, ZERO),
        losses.length > 0 ? Math.min(...losses) : null,
        system ? splittingGap(system) : null,
        `${hard.flatMap((row) => row.decoded).filter(Boolean).length} of ${losses.length}`,
        splitting === undefined ? null : splitting === null ? 'no splitting' : splitting.join(' '),
      ],
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
