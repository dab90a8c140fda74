/** A time with the unit that fits. */
export const readableTime = (ms) =>
  ms >= 1e4
    ? `${(ms / 1e3).toFixed(1)} s`
    : ms >= 1
      ? `${ms.toFixed(2)} ms`
      : ms >= 1e-3
        ? `${(ms * 1e3).toFixed(2)} µs`
        : `${(ms * 1e6).toFixed(0)} ns`

/** A ratio with three digits or so. */
export const readableRatio = (ratio) => (ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2))

/** What became of one goal, in words. */
const goalText = ({ text, met }) => `  goal ${text}: ${met ? 'met' : 'not met here'}`

/** The lines of one task as a terminal shows them. */
export function taskLines({ title, rows, goals, failure }) {
  if (failure !== undefined) return ['', title, `  FAILED: ${failure}`]
  const width = Math.max(...rows.map(({ label }) => label.length), 0)
  return [
    '',
    title,
    ...rows.map(({ label, ms, best, ratio, note }, i) =>
      [
        `  ${label.padEnd(width)} `,
        readableTime(ms).padStart(10),
        `  best ${readableTime(best).padStart(10)}`,
        i === 0 ? '' : `  ${readableRatio(ratio).padStart(7)} × ours`,
        note ? `  (${note})` : '',
      ].join(''),
    ),
    ...goals.map(goalText),
  ]
}

/** A table with aligned columns. */
export function tableLines({ title, columns, rows }) {
  const cells = [columns, ...rows.map((row) => row.map(String))]
  const widths = columns.map((_, j) => Math.max(...cells.map((row) => row[j].length)))
  const line = (row) => `  ${row.map((cell, j) => cell.padStart(widths[j])).join('  ')}`
  return ['', title, ...cells.map(line)]
}
