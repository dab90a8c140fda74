import type { Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { meanAt, spreadAt, widthsOf } from '../runs/width-panel.js'
import type { NamedRun } from '../runs/verdicts.js'
import { parametersPerExample, PIXELS } from './guarantees.js'
import type { MnistParams } from './params.js'

const percent = (error: number | null): number | null => (error === null ? null : 100 * error)

/**
 * Error on the test digits against width: each run, the mean of a width, and a bar over its runs;
 * and where there are as many parameters as digits.
 */
export function errorPanel(runs: readonly NamedRun[], p: MnistParams): Panel {
  const k = widthsOf(runs)
  const error = (run: NamedRun): number | null => percent(run.measured.testError)
  const means = k.map((width) => meanAt(runs, width, error))
  const end = k.length - 1
  const top = 1.25 * Math.max(0, ...runs.map((run) => error(run) ?? 0)) || 1
  const perExample = (width: number): string => {
    const ratio = parametersPerExample(width, p)
    return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)
  }
  const equal = p.n / (2 * PIXELS)
  const crossed = k[0] < equal && equal < k[end]
  return {
    title: 'Test error',
    x: { label: 'k, units of each sign', scale: 'log' },
    y: { label: 'test error, %', domain: [0, top] },
    frames: {
      runs: { k: runs.map((run) => run.measured.k), error: runs.map(error) },
      means: { k, error: means },
      bars: { k, ...spreadAt(runs, k, error) },
      name: { k: [k[end]], error: [means[end]], text: ['new digits'] },
      equal: { k: crossed ? [equal] : [] },
      density: {
        k: end > 0 ? [k[0], k[end]] : [k[0]],
        y: end > 0 ? [top, top] : [top],
        text:
          end > 0
            ? [`${perExample(k[0])} per digit`, `${perExample(k[end])} parameters per digit`]
            : [`${perExample(k[0])} parameters per digit`],
      },
    },
    marks: [
      {
        mark: 'rule-x',
        frame: 'equal',
        x: 'k',
        tone: 'soft',
        dash: true,
        key: 'one parameter per digit',
      },
      { mark: 'interval', frame: 'bars', x: 'k', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'line', frame: 'means', x: 'k', y: 'error', tone: 'measured', width: 2 },
      { mark: 'dot', frame: 'runs', x: 'k', y: 'error', tone: 'measured' },
      nameMark('density', { x: 'k', tone: 'soft', anchor: 'end' }),
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
