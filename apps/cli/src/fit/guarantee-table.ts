import type { Table } from '@nonconvex/experiments'
import { boundStatus, type Guarantee } from '@nonconvex/overparam/generalization'
import type { RecordedGuarantees } from '../models/training-record.js'
import type { Fitted } from './fitted.js'

const promises: { readonly [P in Guarantee['promise']]: string } = {
  certificate: 'certificate',
  mean: 'bound in expectation',
  estimate: 'estimate',
  illustration: 'illustration',
  'other-rule': 'certificate of another rule',
  'other-estimate': 'estimate of another rule',
}

/**
 * Number of digits with which no bound below 1, or below the error of always answering the most
 * frequent class, is printed as that.
 */
export function boundDigits(
  guarantees: readonly Pick<RecordedGuarantees['guarantees'][number], 'bound'>[],
  majorityError = 1,
): number {
  const crosses = (bound: number, digits: number): boolean =>
    [majorityError, 1].some((limit) => bound < limit && Number(bound.toPrecision(digits)) >= limit)
  const needed = guarantees.map(({ bound }) => {
    let digits = 3
    while (digits < 15 && crosses(bound ?? 0, digits)) digits++
    return digits
  })
  return Math.max(3, ...needed)
}

/** What is bounded: the fraction of new examples of which this is true. */
const ownEvents = { margin: 'errors, or $yN<1$', error: 'errors' }

/** The guarantees of one network, and what the theorem alone would give. */
export function networkGuarantees(fitted: Fitted): Table {
  const { fit, delta } = fitted
  const { k, bounds } = fit.runs[fit.runs.length - 1]
  const n = fit.table.examples
  return guaranteeTable(
    fit.guarantees,
    fitted.majorityError,
    `Generalization bounds, $k=${k}$, $\\delta=${delta}$`,
    // not a guarantee, as the margin is measured on the sample
    bounds && [
      'Leave-one-out bound, by the update bound of the theorem',
      promises.illustration,
      ownEvents.margin,
      bounds.best / (n + 1),
      boundStatus(bounds.best / (n + 1), fitted.majorityError),
      'B/(n + 1), if γ were known before seeing the data',
    ],
  )
}

/** Every guarantee on the test error: the best, the vacuous, the inapplicable, and why. */
export function guaranteeTable(
  { guarantees, best, statement }: RecordedGuarantees,
  majorityError: number,
  title: string,
  more?: Table['rows'][number],
  events = ownEvents,
): Table {
  return {
    id: 'guarantees',
    title: `${title}: ${statement}`,
    columns: [
      { name: 'guarantee', title: 'guarantee' },
      { name: 'promise', title: 'holds as a' },
      { name: 'event', title: 'new examples that are' },
      { name: 'bound', title: 'at most', digits: boundDigits(guarantees, majorityError) },
      { name: 'status', title: 'status' },
      { name: 'why', title: 'reason' },
    ],
    rows: [
      ...guarantees.map((one) => [
        one.id === best?.id ? `${one.title} (best)` : one.title,
        promises[one.promise],
        events[one.event],
        one.bound ?? null,
        one.status,
        one.why,
      ]),
      ...(more ? [more] : []),
    ],
  }
}
