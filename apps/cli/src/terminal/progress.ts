import { formatSeconds } from '../text/numbers.js'
import { width } from '../text/wrap.js'
import type { Sink, Terminal } from './terminal.js'

/**
 * A line that shows how many cells are done. Drawn on a terminal only, at most ten times a second.
 */
export interface Progress {
  /** `done` of `total` cells of an experiment are finished */
  update(experiment: string, done: number, total: number): void
  /** wipes the line */
  end(): void
}

const cells = 24

/** '████████░░░░ 12 of 40 cells · 3.1 s · gaussian/gd-rate', cut to the terminal's width. */
export function progressLine(
  done: number,
  total: number,
  seconds: number,
  now: string,
  columns: number,
): string {
  const full = total === 0 ? 0 : Math.floor((cells * done) / total)
  const bar = '█'.repeat(full) + '░'.repeat(cells - full)
  const line = `${bar} ${done} of ${total} cells · ${formatSeconds(seconds)} · ${now}`
  return width(line) < columns ? line : [...line].slice(0, Math.max(0, columns - 1)).join('')
}

export function openProgress(terminal: Terminal, stderr: Sink, clock: () => number): Progress {
  const counts = new Map<string, { done: number; total: number }>()
  const started = clock()
  let drawn = -1
  return {
    update: (experiment, done, total) => {
      counts.set(experiment, { done, total })
      const now = clock()
      if (!terminal.live || now - drawn < 0.1) return
      drawn = now
      const all = [...counts.values()]
      const sum = (field: 'done' | 'total') => all.reduce((n, entry) => n + entry[field], 0)
      terminal.redraw(
        progressLine(sum('done'), sum('total'), now - started, experiment, stderr.columns ?? 80),
      )
    },
    end: () => {
      if (drawn >= 0) terminal.redraw('')
    },
  }
}
