// Measures variants of one computation beside each other: first that they agree, then interleaved
// repeats, then medians.
import { cpus } from 'node:os'

const REPEATS = 15
/** One repeat of one variant lasts about this long. */
const SLICE_MS = 12
/** Every variant runs at least this long before it is measured. */
const WARM_UP_MS = 60

const median = (x) => [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)]

/** Milliseconds that `calls` calls take. */
function time(run, calls) {
  const start = performance.now()
  for (let i = 0; i < calls; i++) run()
  return performance.now() - start
}

/** Warms up; returns how many calls fill a slice. */
function calibrate(run) {
  let calls = 1
  let spent = 0
  for (;;) {
    const ms = time(run, calls)
    spent += ms
    if (ms >= SLICE_MS / 2 && spent >= WARM_UP_MS) {
      return Math.max(1, Math.round((calls * SLICE_MS) / ms))
    }
    if (ms < SLICE_MS / 2) calls *= 2
  }
}

const readable = (ms) =>
  ms >= 1
    ? `${ms.toFixed(2)} ms`
    : ms >= 1e-3
      ? `${(ms * 1e3).toFixed(2)} µs`
      : `${(ms * 1e6).toFixed(0)} ns`

/** |a − b| ≤ tolerance · max(1, |b|) everywhere, or an error that says where not. */
export function agree(label, actual, expected, tolerance) {
  if (actual.length !== expected.length)
    throw new Error(`${label}: ${actual.length} numbers, not ${expected.length}`)
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])))) {
      throw new Error(`${label}: result ${i} is ${actual[i]}, expected ${expected[i]}`)
    }
  }
}

/**
 * Prints one block: a line for each variant with its median, its best, its ratio to the first.
 *
 * @param title what is computed, with sizes
 * @param variants label → function; ours first
 * @param options `each`: numbers made per call, to print the time of one; `flops`: operations per
 *   call
 */
export function compare(title, variants, { each, flops } = {}) {
  const rows = Object.entries(variants).map(([label, run]) => ({
    label,
    run,
    calls: calibrate(run),
    ms: [],
  }))
  for (let r = 0; r < REPEATS; r++) {
    for (const row of rows) row.ms.push(time(row.run, row.calls) / row.calls)
  }
  console.log(`\n${title}`)
  const ours = median(rows[0].ms)
  for (const { label, ms } of rows) {
    const middle = median(ms)
    const unit = each ? readable(middle / each) : readable(middle)
    const best = Math.min(...ms)
    const least = readable(each ? best / each : best)
    const rate = flops ? `${(flops / best / 1e6).toFixed(1)} Gflop/s`.padStart(14) : ''
    const ratio = label === rows[0].label ? '' : `${(middle / ours).toFixed(2)} × ours`
    console.log(
      `  ${label.padEnd(34)} ${unit.padStart(10)}  best ${least.padStart(10)} ${rate}  ${ratio}`,
    )
  }
}

/** The machine, in one line. */
export const machine = () => {
  const [{ model }, ...others] = cpus()
  return `${model}, ${others.length + 1} cores; Node ${process.versions.node}, V8 ${process.versions.v8}`
}
