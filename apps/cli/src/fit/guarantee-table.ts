import type { Table } from '@nonconvex/experiments'
import type { Guarantee } from '@nonconvex/overparam/generalization'
import type { Fitted } from './fitted.js'

const promises: { readonly [P in Guarantee['promise']]: string } = {
  certificate: 'certificate',
  mean: 'in the mean',
  estimate: 'estimate',
  illustration: 'illustration',
  'other-rule': 'another rule',
  'other-estimate': 'estimate, another rule',
}

/**
 * Digits with which no bound that says something is printed as ½ or 1, from which on it would say
 * less.
 */
export function tellingDigits(guarantees: readonly Pick<Guarantee, 'bound'>[]): number {
  const crosses = (bound: number, digits: number): boolean =>
    [0.5, 1].some((limit) => bound < limit && Number(bound.toPrecision(digits)) >= limit)
  const needed = guarantees.map(({ bound = 0 }) => {
    let digits = 3
    while (digits < 15 && crosses(bound, digits)) digits++
    return digits
  })
  return Math.max(3, ...needed)
}

/** Every guarantee of the test error: which is best, which say nothing, and why. */
export function guaranteeTable({ fit, delta }: Fitted): Table {
  const { guarantees, best, statement } = fit.guarantees
  const { k, bounds } = fit.runs[fit.runs.length - 1]
  const n = fit.table.examples
  return {
    id: 'guarantees',
    title: `What is promised of new examples, $k=${k}$, $\\delta=${delta}$: ${statement}`,
    columns: [
      { name: 'guarantee', title: 'guarantee' },
      { name: 'promise', title: 'kind' },
      { name: 'event', title: 'of' },
      { name: 'bound', title: 'at most', digits: tellingDigits(guarantees) },
      { name: 'status', title: 'says' },
      { name: 'why', title: 'because' },
    ],
    rows: [
      ...guarantees.map((one) => [
        one.id === best?.id ? `${one.title} (best)` : one.title,
        promises[one.promise],
        one.event === 'margin' ? '$yN<1$' : '$yN\\le 0$',
        one.bound !== undefined && Number.isFinite(one.bound) ? one.bound : null,
        one.status === 'inapplicable' ? 'nothing' : one.status,
        one.why,
      ]),
      // with a margin that was measured on the sample this promises nothing: it shows what the
      // theorem alone would give
      ...(bounds
        ? [
            [
              'Leave-one-out, updates bounded by the theorem',
              promises.illustration,
              '$yN<1$',
              bounds.best / (n + 1),
              bounds.best >= n + 1 ? 'vacuous' : 'informative',
              'B/(n + 1), if γ had been known before the examples were seen',
            ],
          ]
        : []),
    ],
  }
}
