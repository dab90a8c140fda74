import { band, beside, label, line, ruleX, xy, type Layer } from '../figure/layers.js'

/** A horizontal bar from 0 to a value at a position of the axis of names. */
export interface Bar {
  readonly place: number
  readonly value: number
  readonly tone: 'measured' | 'soft'
  /** its name in the key; of bars of one kind only one has it */
  readonly key?: string
}

/** Horizontal bars, each `half` of a row to both sides of its position. */
export const lyingBars = (bars: readonly Bar[], half: number): Layer[] =>
  bars.map(({ place, value, tone, key }) =>
    band(
      `bar${place}`,
      [0, value],
      { x: (x) => x, low: () => place - half, high: () => place + half },
      { tone, opacity: 0.4, ...(key !== undefined && { key }) },
    ),
  )

/** The label of a bar at the axis. */
export const atAxis = {
  x: () => 0,
  y: ({ place }: Bar) => place,
  text: ({ value }: Bar) => value.toFixed(3),
}

/** Horizontal error bars without caps. */
export const lyingIntervals = (
  name: string,
  all: readonly { readonly place: number; readonly low: number; readonly high: number }[],
  look: Parameters<typeof line>[3],
): Layer =>
  line(
    name,
    all.flatMap(({ place, low, high }, i) => [low, high].map((x) => ({ x, y: place, i }))),
    { ...xy, group: ({ i }) => `${i}` },
    look,
  )

/** A dashed vertical line with its text at height y, `dx` pixels beside it; none for null. */
export const bound = (
  name: string,
  text: string,
  x: number | null,
  [y, dx]: readonly [y: number, dx: number],
): Layer[] =>
  x === null
    ? []
    : [
        ruleX(name, [x], { tone: 'bound', dash: true, width: 1.5 }),
        label(`${name} name`, text, [x, y], beside('bound', dx)),
      ]
