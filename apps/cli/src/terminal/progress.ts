import { formatNumber, formatSeconds, leftText } from '../text/numbers.js'
import { width } from '../text/wrap.js'
import type { Sink, Terminal } from './terminal.js'

/**
 * A line that shows how much is done: drawn on a terminal at most ten times a second. Elsewhere, as
 * in a file, a plain line is printed for each experiment that is done, and at least every half
 * minute in which something is.
 */
export interface Progress {
  /** `done` of `total` cells of an experiment are finished */
  update(experiment: string, done: number, total: number): void
  /** wipes the line */
  end(): void
}

const cells = 24

/** '████████░░░░ 12 of 40 cells · 3.1 s, about 8 s left · gaussian/gd-rate', cut to the width. */
export function progressLine(
  done: number,
  total: number,
  unit: string,
  time: string,
  now: string,
  columns: number,
): string {
  const full = total === 0 ? 0 : Math.floor((cells * done) / total)
  const bar = '█'.repeat(full) + '░'.repeat(cells - full)
  const line = `${bar} ${done} of ${total} ${unit} · ${time} · ${now}`
  return width(line) < columns ? line : [...line].slice(0, Math.max(0, columns - 1)).join('')
}

/** Cells of an experiment: those done before the run are not of its speed. */
interface Count {
  readonly before: number
  readonly done: number
  readonly total: number
}

/**
 * The fraction of the work of this run that is done, each experiment by the time it is expected to
 * take.
 */
export function fractionDone(
  counts: ReadonlyMap<string, Count>,
  secondsOf: (experiment: string) => number,
): number {
  let [done, all] = [0, 0]
  for (const [experiment, count] of counts) {
    const cell = count.total === 0 ? 0 : secondsOf(experiment) / count.total
    done += cell * (count.done - count.before)
    all += cell * (count.total - count.before)
  }
  return all === 0 ? 1 : done / all
}

/** Seconds without a plain line after which the next one comes before an experiment is done. */
const silence = 30

/**
 * @param secondsOf - how long an experiment is expected to take; default: all the same
 * @param unit - what is counted
 */
export function openProgress(
  terminal: Terminal,
  stderr: Sink,
  clock: () => number,
  secondsOf: (experiment: string) => number = () => 1,
  unit = 'cells',
): Progress {
  const counts = new Map<string, Count>()
  const started = clock()
  let drawn = -1
  let printed = started
  return {
    update: (experiment, done, total) => {
      const { before = done } = counts.get(experiment) ?? {}
      counts.set(experiment, { before, done, total })
      const now = clock()
      // one experiment that is done is followed by its result
      const ended = done === total && total > before && counts.size > 1
      if (terminal.live ? now - drawn < 0.1 : !ended && now - printed < silence) return
      const all = [...counts.values()]
      const sum = (field: 'done' | 'total') => all.reduce((n, entry) => n + entry[field], 0)
      const seconds = now - started
      const time = formatSeconds(seconds) + leftText(fractionDone(counts, secondsOf), seconds)
      const [parts, whole] = [sum('done'), sum('total')]
      if (terminal.live) {
        drawn = now
        const columns = stderr.columns ?? 80
        terminal.redraw(progressLine(parts, whole, unit, time, experiment, columns))
      } else {
        printed = now
        const what = ended ? `${experiment} done` : experiment
        terminal.hint(
          `${formatNumber(parts)} of ${formatNumber(whole)} ${unit} · ${time} · ${what}`,
        )
      }
    },
    end: () => {
      if (drawn >= 0) terminal.redraw('')
    },
  }
}
