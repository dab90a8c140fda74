import {
  agnosticBound,
  blocksBound,
  blocksNearFloor,
  boundsAboveFloor,
  clopperPearsonExact,
  closedForms,
  closedFormsRelax,
  codeCases,
  codesAttained,
  compressionFloor,
  leaveOneOutBound,
  multisetBound,
  publishedBound,
  sequenceBound,
  stableClosedForm,
  subsetBound,
  aboveFloorProved,
  clopperPearsonAssertions,
  clopperPearsonProved,
  floorAssertions,
  leaveOneOutAttained,
  leaveOneOutSides,
  partAssertions,
  partFails,
  type ClosedForm,
  type CodeCase,
  type FloorCase,
  type FloorFound,
  type LeaveOneOutSides,
} from '@nonconvex/overparam/generalization'
import type { SubsetCounts } from '@nonconvex/optim/statistics'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { beside, labels, line, panelOf, ruleY } from '../../figure/layers.js'
import { compressionLimits } from './experiment.js'

/** The bounds at one count, and the least that a bound can be there. */
export interface AtCount {
  readonly c: number
  readonly subset: number
  readonly blocks: number
  readonly floor: number
  /** P(Bin(n, floor) ≤ c − 1), summed term by term */
  readonly tail: number
  readonly leaveOneOut: number
  /** bounds that are larger than the block bound, where they are below 1 */
  readonly larger: readonly { readonly bound: string; readonly value: number }[]
}

/** The bounds at c updated examples, one update each, that are not in the figure. */
const largerBounds = (given: SubsetCounts): AtCount['larger'] => {
  const counts = { ...given, updates: given.distinct }
  return [
    { bound: 'sequence bound', value: sequenceBound(counts) },
    { bound: 'bound by subset and order', value: multisetBound(counts) },
    { bound: 'subset bound with errors', value: agnosticBound({ ...given, errorsUnused: 0 }) },
    { bound: 'published bound', value: publishedBound(counts) },
    { bound: 'stable compression', value: stableClosedForm(given) },
  ].filter(({ value }) => value < 1)
}

/** P(Bin(n, q) ≤ r) term by term from 0; for q < 0.5 and n ≤ 4,000 the first term is above 0. */
function plainTail(n: number, r: number, q: number): number {
  const ratio = q / (1 - q)
  let log = n * Math.log1p(-q)
  let sum = 0
  for (let i = 0; i <= r; i++) {
    sum += Math.exp(log)
    log += Math.log(((n - i) / (i + 1)) * ratio)
  }
  return sum
}

/** Probabilities of the rare examples for which the leave-one-out bound and mean error are compared. */
const RARE = [0.1, 0.9]

/** The bounds for one sample size. */
export interface SizeMeasured {
  readonly at: readonly AtCount[]
  readonly leaveOneOut: readonly LeaveOneOutSides[]
  /** at a few counts */
  readonly codes: readonly CodeCase[]
  readonly forms: readonly ClosedForm[]
}

/** Parts of n that are updated where bounds are compared with the number of codes. */
const CODED = [0.02, 0.1, 0.3]

/** The part of the block bound that is refuted. */
const PART = 0.4

/** The block bound and the least possible one at some counts, δ = 0.05. */
const exactCases = (): readonly FloorFound[] =>
  [50, 200].flatMap((n) =>
    [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7].map((part) => {
      const given = { n, distinct: Math.max(1, Math.round(part * n)), delta: 0.05 }
      const { eps } = blocksBound(given)
      return { bound: 'block bound', ...given, value: eps, floor: compressionFloor(given) }
    }),
  )

export const work = workOf(compressionLimits, {
  parts: {
    size: {
      measure: ({ n }, { params: { counts, delta } }): SizeMeasured => {
        const last = Math.min(counts, n - 1)
        const all = Array.from({ length: last }, (_, i) =>
          last === 1 ? 1 : 1 + Math.round((i * (n - 2)) / (last - 1)),
        )
        return {
          at: all.map((c) => {
            const given = { n, distinct: c, delta }
            const floor = compressionFloor(given)
            return {
              c,
              subset: subsetBound(given),
              blocks: blocksBound(given).eps,
              floor,
              tail: plainTail(n, c - 1, floor),
              leaveOneOut: leaveOneOutBound(c, n),
              larger: largerBounds(given),
            }
          }),
          leaveOneOut: RARE.map((q) => leaveOneOutSides({ n, q })),
          codes: CODED.flatMap((part) => codeCases({ n, distinct: Math.ceil(part * n), delta })),
          forms: closedForms({ n, delta }),
        }
      },
    },
    exact: {
      measure: () => {
        const cases = exactCases()
        return {
          limits: clopperPearsonAssertions(cases),
          floor: floorAssertions(cases),
          part: partAssertions(cases, PART),
        }
      },
    },
  },
  conclude: ({ size, exact }, { delta }, verdict) => {
    const all = size.flatMap(({ cell: { n }, measured }) =>
      measured.at.map((one) => ({ n, delta, ...one })),
    )
    const cases = (bound: string, of: (one: AtCount) => number): readonly FloorCase[] =>
      all.map((one) => ({ bound, n: one.n, distinct: one.c, delta, value: of(one) }))
    const forms = size.flatMap(({ measured }) => measured.forms)
    const blocks = cases('block bound', (one) => one.blocks)
    // the table shows about twelve counts of each size, the figure all
    const some = size.flatMap(({ cell: { n }, measured: { at } }) =>
      at.filter((_, i) => i % Math.ceil(at.length / 12) === 0).map((one) => ({ n, ...one })),
    )
    const most = Math.max(...all.map(({ n }) => n))
    const largest = all.filter(({ n }) => n === most)
    const lines = [
      ['subset', 'subset bound', 'bound', ({ subset }: AtCount) => subset],
      ['blocks', 'block bound', 'bound', ({ blocks: value }: AtCount) => value],
      ['floor', 'least possible', 'measured', ({ floor }: AtCount) => floor],
    ] as const
    const x = { label: 'c / n, updated examples' }
    return {
      verdicts: [
        verdict(boundsAboveFloor, ['size'], () => [
          ...cases('subset bound', (one) => one.subset),
          ...blocks,
          ...all.flatMap(({ n, c, larger }) =>
            larger.map(({ bound, value }) => ({ bound, n, distinct: c, delta, value })),
          ),
        ]),
        verdict(blocksNearFloor, ['size'], () => blocks),
        verdict(clopperPearsonExact, ['size'], () =>
          all.map(({ n, c, tail }) => ({ n, errors: c - 1, delta, tail })),
        ),
        verdict(leaveOneOutAttained, ['size'], () =>
          size.flatMap(({ measured }) => measured.leaveOneOut),
        ),
        verdict(codesAttained, ['size'], () => size.flatMap(({ measured }) => measured.codes)),
        verdict(closedFormsRelax, ['size'], () => forms),
        verdict(clopperPearsonProved, ['exact'], () => exact[0].measured.limits),
        verdict(aboveFloorProved, ['exact'], () => exact[0].measured.floor),
        verdict(partFails, ['exact'], () => exact[0].measured.part),
      ],
      tables: [
        tableOf('limits', 'Bounds on the error, and the least possible one', some, {
          n: ['$n$', ({ n }) => n],
          c: ['$c$', ({ c }) => c],
          subset: ['subset bound', ({ subset }) => subset, 4],
          blocks: ['block bound', ({ blocks: value }) => value, 4],
          floor: ['least possible', ({ floor }) => floor, 4],
          ratio: ['block bound / least', ({ blocks: value, floor }) => value / floor, 3],
          leave_one_out: ['$c/(n+1)$', ({ leaveOneOut }) => leaveOneOut, 4],
        }),
        tableOf(
          'forms',
          'Closed forms of bounds, and what their derivations give on both sides',
          // those that do not depend on n once
          [...new Map(forms.map((form) => [`${form.bound} ${form.at}`, form])).values()],
          {
            bound: ['bound', ({ bound }) => bound],
            at: ['at', ({ at }) => at],
            least: ['relaxed expression', ({ least }) => least, 4],
            value: ['closed form', ({ value }) => value, 4],
            most: ['largest by its derivation', ({ most: limit }) => limit, 4],
          },
        ),
      ],
      figures: [
        {
          id: 'limits',
          title: 'Compression bounds stay above the least possible bound, within a small factor',
          caption: `Bounds on the error at $\\delta = ${delta}$ against the fraction of updated examples, for the largest sample size, and the block bound in units of the least possible one, for every sample size.`,
          panels: [
            panelOf(
              { title: 'Bounds', x, y: { label: 'bound on the error' } },
              lines.map(([name, key, tone, of], i) =>
                line(
                  name,
                  largest,
                  { x: ({ n, c }) => c / n, y: of },
                  { tone, key, ...(i === 0 && { dash: true }) },
                ),
              ),
            ),
            panelOf(
              {
                title: 'Block bound, each sample size',
                x: { ...x, scale: 'log' },
                y: { label: 'block bound / least possible' },
              },
              [
                ruleY('one', [1], { tone: 'measured' }),
                ...size.map(({ cell: { n } }) =>
                  line(
                    `n${n}`,
                    all.filter((one) => one.n === n),
                    { x: ({ c }) => c / n, y: ({ blocks: value, floor }) => value / floor },
                    { tone: 'bound' },
                  ),
                ),
                labels(
                  'sizes',
                  size.map(({ cell: { n }, measured: { at } }) => ({ n, ...at[0] })),
                  {
                    x: ({ n, c }) => c / n,
                    y: ({ blocks: value, floor }) => value / floor,
                    text: ({ n }) => `n = ${n}`,
                  },
                  beside('bound', 6),
                ),
              ],
            ),
          ],
        },
      ],
    }
  },
})
