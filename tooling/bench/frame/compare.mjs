import { refuseMismatch } from './agree.mjs'

/** One repeat of one variant lasts about this long, if a call is shorter. */
const SLICE_MS = 15
/** Every variant runs at least this long before it is measured. */
const WARM_UP_MS = 60
/** About how long the repeats of one task take together. */
const BUDGET_MS = 6000
const [LEAST_REPEATS, MOST_REPEATS] = [3, 15]

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

/** Warms up; returns how many calls fill a slice, and about how long they take. */
async function calibrate(variant) {
  let calls = 1
  let spent = 0
  for (;;) {
    const ms = await variant.time(calls)
    spent += ms
    if (ms >= SLICE_MS / 2 && spent >= WARM_UP_MS) {
      const wanted = Math.max(1, Math.round((calls * SLICE_MS) / ms))
      return { calls: wanted, slice: (ms * wanted) / calls }
    }
    if (ms < SLICE_MS / 2) calls *= 2
  }
}

/**
 * Measures variants of one computation. First every answer is compared with ours; then come interleaved repeats, and of
 * these the medians.
 *
 * @param variants ours first; each { label, answer(), time(calls) in ms, note?, scale? }. `scale`: what a part of the work
 *   that stands for the whole is multiplied by
 * @param tolerances name of a result → largest difference, relative to max(1, |ours|)
 * @returns a line for each variant: { label, ms, best, ratio, calls, repeats, note? }, ratio to ours
 * @throws Mismatch if an answer differs
 */
export async function compareVariants(variants, tolerances) {
  const [ours, ...others] = variants
  const expected = await ours.answer()
  // against itself: that nothing is NaN, and every result has a tolerance
  refuseMismatch(ours.label, expected, expected, tolerances)
  for (const { label, answer } of others)
    refuseMismatch(label, await answer(), expected, tolerances)
  const rows = []
  for (const variant of variants) rows.push({ variant, ...(await calibrate(variant)), ms: [] })
  const round = rows.reduce((sum, { slice }) => sum + slice, 0)
  const repeats = Math.min(
    MOST_REPEATS,
    Math.max(LEAST_REPEATS, Math.floor(BUDGET_MS / Math.max(round, 1e-3))),
  )
  for (let r = 0; r < repeats; r++)
    for (const { variant, calls, ms } of rows) ms.push((await variant.time(calls)) / calls)
  const first = median(rows[0].ms) * (ours.scale ?? 1)
  return rows.map(({ variant: { label, note, scale = 1 }, calls, ms }) => ({
    label,
    ms: median(ms) * scale,
    best: Math.min(...ms) * scale,
    ratio: (median(ms) * scale) / first,
    calls,
    repeats,
    ...(note && { note }),
  }))
}
