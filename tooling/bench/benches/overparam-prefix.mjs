/** The updates of a run among its first visits. */
export const upTo = (atStep, visits) => Array.from(atStep).filter((step) => step <= visits)

/**
 * A rival that does the first visits of the run. Its decisions there must be ours; visits with and
 * without an update are timed apart, and each is multiplied by its number in the whole run.
 */
export function prefixOf({ variant, visits, whole }) {
  const updates = upTo(whole.atStep, visits).length
  const factors = [
    (whole.steps - whole.updates) / (visits - updates),
    whole.updates / Math.max(1, updates),
  ]
  const note = `${variant.note ? `${variant.note}; ` : ''}first ${visits} visits with ${updates} updates, scaled`
  return {
    ...variant,
    note,
    expected: ({ atStep }) => ({ atStep: upTo(atStep, visits) }),
    time: async (calls) => {
      let ms = 0
      for (let call = 0; call < calls; call++) {
        const { seconds } = await variant.answer()
        ms += 1e3 * (seconds[0] * factors[0] + seconds[1] * factors[1])
      }
      return ms
    },
  }
}
