import type { Frame, Mark } from '../figure/figure.js'

/** A bar from 0 to a value, lying at a place of the axis of names. */
export interface Bar {
  readonly place: number
  readonly value: number
  readonly tone: 'measured' | 'soft'
  /** its name in the key; of bars of one kind only one has it */
  readonly key?: string
}

/** Lying bars, and the frame of what they say, for a name mark. */
export function lyingBars(
  bars: readonly Bar[],
  half: number,
): {
  readonly frames: { readonly [name: string]: Frame }
  readonly values: Frame
  readonly marks: readonly Mark[]
} {
  const frameOf = ({ place, value }: Bar): readonly [string, Frame] => [
    `bar${place}`,
    { x: [0, value], low: [place - half, place - half], high: [place + half, place + half] },
  ]
  return {
    frames: Object.fromEntries(bars.map(frameOf)),
    values: {
      x: bars.map(() => 0),
      y: bars.map(({ place }) => place),
      text: bars.map(({ value }) => value.toFixed(3)),
    },
    marks: bars.map(({ place, tone, key }) => ({
      mark: 'area',
      frame: `bar${place}`,
      x: 'x',
      y1: 'low',
      y2: 'high',
      tone,
      opacity: 0.4,
      ...(key !== undefined && { key }),
    })),
  }
}
