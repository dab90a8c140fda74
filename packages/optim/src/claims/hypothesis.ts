import { readable } from './readable.js'
import type { Hypothesis } from './verdict.js'

/**
 * States a hypothesis of a theorem with its status on this run.
 *
 * @param text - the condition as a phrase: 'every example has norm at most 1'
 * @param holds - true or false if it was checked, 'assumed' if it was not, 'by construction' if the
 *   program makes it true
 * @param measured - the measured number. JSON has no non-finite numbers; they are appended to the
 *   text: '… (measured Infinity)'
 * @throws RangeError if `holds` is true and the measured number is NaN
 *
 * @example
 * import { hypothesis } from '@nonconvex/optim/claims'
 * console.log(hypothesis('norms are at most 1', 0.98 <= 1, 0.98).status) // → holds
 */
export function hypothesis(
  text: string,
  holds: boolean | 'assumed' | 'by construction',
  measured?: number,
): Hypothesis {
  const status = typeof holds === 'string' ? holds : holds ? 'holds' : 'fails'
  if (measured === undefined) return { text, status }
  if (Number.isFinite(measured)) return { text, status, measured }
  if (holds === true && Number.isNaN(measured))
    throw new RangeError(
      `hypothesis: expected a measured number for "${text}", which holds, got NaN`,
    )
  return { text: `${text} (measured ${readable(measured)})`, status }
}
