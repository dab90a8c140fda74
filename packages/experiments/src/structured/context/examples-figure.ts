import type { Figure, Panel } from '../../figure/figure.js'
import { panelOf } from '../../figure/layers.js'
import { lyingBars, type Bar } from '../bars.js'
import type { Example } from './chains.js'

/** An example with its trial. */
export interface TrialExample extends Example {
  readonly trial: number
}

const SHOWN = 10

const rise = ({ own, whole }: Example): number => {
  const top = Math.max(...whole)
  return top - own[whole.indexOf(top)]
}

/** The examples of all trials at which the probability of the chosen state rises most. */
export const largestRises = (all: readonly TrialExample[]): TrialExample[] =>
  [...all].sort((a, b) => rise(b) - rise(a)).slice(0, SHOWN)

/** A row for each example, with a bar for each state: alone, together, and in both messages. */
export function examplesFigure(examples: readonly TrialExample[]): Figure {
  const right = examples.filter(
    ({ whole, truth }) => whole.indexOf(Math.max(...whole)) === truth,
  ).length
  return {
    id: 'examples',
    title: 'Neighbors decide what a position alone cannot',
    caption:
      `The ${examples.length} test positions at which the Bayes rule of the sequence raises the probability of its state most; it is right at ${right} of them. ` +
      'Four bars for each, one for each state; blue is the true one. First the probabilities from the position alone; then those from the whole sequence, which are the product of the first with the messages below: what the positions before, and those after, say about this one.',
    panels: [
      panel('Position alone', examples, ({ own }) => own),
      panel('Whole sequence', examples, ({ whole }) => whole),
      panel('Message from before', examples, ({ before }) => before),
      panel('Message from after', examples, ({ after }) => after),
    ],
  }
}

function panel(
  title: string,
  examples: readonly TrialExample[],
  of: (example: Example) => readonly number[],
): Panel {
  const row = (r: number): number => examples.length - r
  const bars = examples.flatMap((example, r) =>
    of(example).map((value, a): Bar => ({
      place: row(r) + BAR * (1.5 - a),
      value,
      tone: a === example.truth ? 'measured' : 'soft',
    })),
  )
  return panelOf(
    {
      title,
      x: { label: 'probability', domain: [0, 1] },
      y: {
        label: '',
        domain: [0.4, examples.length + 0.6],
        names: examples
          .map(
            ({ trial, sequence, position }) =>
              `trial ${trial}, sequence ${sequence}, position ${position}`,
          )
          .reverse(),
      },
    },
    lyingBars(bars, 0.4 * BAR),
  )
}

/** Height of a bar, in rows. */
const BAR = 0.2
