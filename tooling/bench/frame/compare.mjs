import { refuseMismatch } from './agree.mjs'

/** One repeat of one variant lasts about this long, if a call is shorter. */
const SLICE_MS = 15
/** Every variant runs at least this long before it is measured. */
const WARM_UP_MS = 60
/** About how long the repeats of one task take together. */
const BUDGET_MS = 6000
const MOST_REPEATS = 15
/** Of a round of minutes there is one. */
const LONG_ROUND_MS = 60_000

export const median = (x) => {
  const sorted = [...x].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** A variant of this process: what it computes, and the numbers of the result that are compared. */
export const here = (label, run, answer, more = {}) => ({
  label,
  answer: () => answer(run()),
  time: (calls) => {
    const start = performance.now()
    for (let i = 0; i < calls; i++) run()
    return performance.now() - start
  },
  ...more,
})

/**
 * Warms up; returns how many calls fill a slice, and about how long they take. A first call that
 * fills it is a repeat.
 */
async function calibrate(variant) {
  let calls = 1
  let spent = 0
  for (;;) {
    const began = performance.now()
    const ms = await variant.time(calls)
    spent += ms
    if (ms >= SLICE_MS / 2 && spent >= WARM_UP_MS) {
      const wanted = Math.max(1, Math.round((calls * SLICE_MS) / ms))
      // a part that stands for a whole takes less than it says
      const slice = ((performance.now() - began) * wanted) / calls
      return { calls: wanted, slice, ms: calls === 1 && spent === ms ? [ms] : [] }
    }
    if (ms < SLICE_MS / 2) calls *= 2
  }
}

/**
 * Measures variants of one computation. First every answer is compared with ours; then come
 * interleaved repeats, and of these the medians.
 *
 * @param variants ours first; each { label, answer(), time(calls) in ms, note?, expected? }.
 *   `expected`: what of our answer this variant must agree with, where it does a part of the work;
 *   a function of ours, by default all of it
 * @param tolerances name of a result → largest difference, relative to max(1, |ours|)
 * @returns a line for each variant: { label, ms, best, ratio, calls, repeats, note? }, ratio to
 *   ours
 * @throws Mismatch if an answer differs
 */
export async function compareVariants(variants, tolerances) {
  const [ours, ...others] = variants
  const expected = await ours.answer()
  // against itself: that nothing is NaN, and every result has a tolerance
  refuseMismatch(ours.label, expected, expected, tolerances)
  for (const { label, answer, expected: part = (whole) => whole } of others)
    refuseMismatch(label, await answer(), part(expected), tolerances)
  const rows = []
  for (const variant of variants) rows.push({ variant, ...(await calibrate(variant)) })
  const round = rows.reduce((sum, { slice }) => sum + slice, 0)
  const least = round > LONG_ROUND_MS ? 1 : 3
  const repeats = Math.min(MOST_REPEATS, Math.max(least, Math.floor(BUDGET_MS / round)))
  for (let r = 0; r < repeats; r++)
    for (const { variant, calls, ms } of rows)
      if (ms.length <= r) ms.push((await variant.time(calls)) / calls)
  const first = median(rows[0].ms)
  return rows.map(({ variant: { label, note }, calls, ms }) => ({
    label,
    ms: median(ms),
    best: Math.min(...ms),
    ratio: median(ms) / first,
    calls,
    repeats: ms.length,
    ...(note && { note }),
  }))
}
