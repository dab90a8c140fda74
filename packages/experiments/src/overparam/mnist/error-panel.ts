import type { Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { meanAt, widthsOf } from '../runs/width-panel.js'
import type { NamedRun } from '../runs/verdicts.js'

/** Error on the test digits against width: each run, and the mean of a width. */
export function errorPanel(runs: readonly NamedRun[]): Panel {
  const k = widthsOf(runs)
  const means = k.map((width) => meanAt(runs, width, (run) => run.measured.testError))
  const percent = (error: number | null): number | null => (error === null ? null : 100 * error)
  const end = k.length - 1
  const top = Math.max(0, ...runs.map((run) => 100 * (run.measured.testError ?? 0)))
  return {
    title: 'Test error',
    x: { label: 'k, units of each sign', scale: 'log' },
    y: { label: 'test error, %', domain: [0, top > 0 ? 1.1 * top : 1] },
    frames: {
      runs: {
        k: runs.map((run) => run.measured.k),
        error: runs.map((run) => percent(run.measured.testError)),
      },
      means: { k, error: means.map(percent) },
      name: { k: [k[end]], error: [percent(means[end])], text: ['new digits'] },
    },
    marks: [
      { mark: 'line', frame: 'means', x: 'k', y: 'error', tone: 'measured', width: 2 },
      { mark: 'dot', frame: 'runs', x: 'k', y: 'error', tone: 'measured' },
      nameMark('name', {
        x: 'k',
        y: 'error',
        tone: 'measured',
        anchor: 'start',
        dx: 8,
        bold: true,
      }),
    ],
  }
}
