import { argumentError, checkCount, checkInteger } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'

/**
 * The order of visits. None of the three depends on the data, which is a hypothesis of the
 * theorems: 'cyclic' 0, 1, … n − 1 again and again; 'permutation' a fresh shuffle per epoch;
 * 'replacement' n independent uniform draws per epoch.
 */
export type Order =
  | { readonly kind: 'cyclic' }
  | { readonly kind: 'permutation' | 'replacement'; readonly stream: Stream }

/** @throws RangeError for an unknown kind of order, or a random one without a stream */
export function checkOrder(fn: string, order: Order): void {
  // from JavaScript anything may come
  const { kind, stream } = (order ?? {}) as { readonly kind?: unknown; readonly stream?: unknown }
  if (kind !== 'cyclic' && kind !== 'permutation' && kind !== 'replacement')
    throw argumentError(
      'not-listed',
      fn,
      'order.kind',
      'to be cyclic, permutation or replacement',
      kind,
    )
  if (kind !== 'cyclic' && stream === undefined)
    throw argumentError(
      'not-listed',
      fn,
      'order.stream',
      `to be a stream for kind ${kind}`,
      'undefined',
    )
}

/**
 * The indices visited in one epoch of n steps. They are a function of the stream's name and the
 * epoch alone, so that a run can be resumed, and checked, at any step.
 *
 * @param order - kind, and the stream of a random one (child 'epoch' e is used)
 * @param n - number of examples
 * @param epoch - 0, 1, …
 * @returns [n], read-only
 * @throws RangeError if n is not a positive integer, epoch not an integer ≥ 0, or for an invalid
 *   order
 *
 * @example
 * import { epochOf } from '@nonconvex/overparam'
 * console.log(epochOf({ kind: 'cyclic' }, 3, 7)) // → Int32Array(3) [ 0, 1, 2 ]
 */
export function epochOf(order: Order, n: number, epoch: number): Int32Array {
  checkOrder('epochOf', order)
  checkCount('epochOf', 'n', n)
  checkInteger('epochOf', 'epoch', epoch, 0)
  switch (order.kind) {
    case 'cyclic':
      return Int32Array.from({ length: n }, (_, i) => i)
    case 'permutation':
      return order.stream.child('epoch', epoch).permutation(n)
    case 'replacement': {
      const stream = order.stream.child('epoch', epoch)
      return Int32Array.from({ length: n }, () => stream.integer(n))
    }
  }
}

/**
 * A function that returns the example visited at step 1, 2, …; if the steps ascend, each epoch is
 * computed once.
 *
 * @throws RangeError if n is not a positive integer or for an invalid order; the function, if the
 *   step is not
 *
 * @example
 * import { visitor } from '@nonconvex/overparam'
 * const visit = visitor({ kind: 'cyclic' }, 3)
 * console.log([1, 2, 3, 4].map(visit)) // → [ 0, 1, 2, 0 ]
 */
export function visitor(order: Order, n: number): (step: number) => number {
  checkOrder('visitor', order)
  checkCount('visitor', 'n', n)
  let epoch = 0
  let visits = epochOf(order, n, 0)
  return (step) => {
    const wanted = Math.floor((step - 1) / n)
    if (wanted !== epoch) {
      checkCount('visitor', 'step', step)
      epoch = wanted
      if (order.kind !== 'cyclic') visits = epochOf(order, n, epoch)
    }
    return visits[(step - 1) % n]
  }
}
