import type { GuaranteeTable } from '@nonconvex/overparam'
import type { Column, Table } from '../../define/table.js'

const events = { margin: '$y N(x) < 1$', error: '$y N(x) \\le 0$' } as const
const promises = {
  certificate: 'this network, with probability 1 − δ',
  mean: 'the mean over samples',
  estimate: 'estimate of the mean over samples',
  illustration: 'illustration: not proved with this number',
  'other-rule': 'another rule, with probability 1 − δ',
  'other-estimate': 'another rule: estimate of the mean over samples',
} as const

const columns = (truth: string): readonly Column[] => [
  { name: 'guarantee', title: 'guarantee' },
  { name: 'of', title: 'of the event' },
  { name: 'promise', title: 'for' },
  { name: 'bound', title: 'at most', digits: 3 },
  { name: 'truth', title: truth, digits: 3 },
  { name: 'says', title: 'says' },
  { name: 'why', title: 'because' },
]

/**
 * All guarantees of one run: which is the best, which are vacuous, and why. Without a run it has no
 * rows.
 */
export function guaranteeTable(
  run:
    | {
        /** 'one run on 1000 examples' */
        readonly name: string
        readonly found: GuaranteeTable
        /** shares of the two events on examples that were not trained on */
        readonly truth: { readonly margin: number | null; readonly error: number | null }
      }
    | undefined,
  truth: string,
): Table {
  return {
    id: 'guarantees',
    title: run
      ? `All guarantees of ${run.name}: ${run.found.statement}`
      : 'All guarantees of one run',
    columns: columns(truth),
    rows: (run?.found.guarantees ?? []).map((one) => [
      one.title,
      events[one.event],
      promises[one.promise],
      one.bound !== undefined && Number.isFinite(one.bound) ? one.bound : null,
      run?.truth[one.event] ?? null,
      one.id === run?.found.best?.id ? 'best' : one.status,
      one.why,
    ]),
  }
}
