import * as v from 'valibot'
import type { Axis, Figure, Frame, Mark, Panel, Tone, Values } from '../figure/figure.js'
import type { Packed } from './packed.js'

/** A finite number: JSON may hold 1e999, which reads as infinity. */
export const finite: v.GenericSchema<unknown, number> = v.pipe(v.number(), v.finite())

/** Rejects lists before `schema`: `v.record` and an all-optional object take lists, too. */
export function noList<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  const check = v.check((value: unknown) => !Array.isArray(value), 'an object')
  return v.pipe(v.unknown(), check, schema)
}

/** An object with arbitrary keys. */
export const dictionary = <T>(
  value: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, { [name: string]: T }> => noList(v.record(v.string(), value))

export const packed: v.GenericSchema<unknown, Packed> = v.strictObject({
  dtype: v.picklist(['float64', 'int32', 'uint8']),
  shape: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(8)),
  base64: v.pipe(
    v.string(),
    v.regex(/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'base64'),
  ),
})

export const cellValue: v.GenericSchema<unknown, number | string | null> = v.union([
  finite,
  v.string(),
  v.null(),
])

const values: v.GenericSchema<unknown, Values> = v.union([v.array(cellValue), packed])

const frame: v.GenericSchema<unknown, Frame> = dictionary(values)

const pair: v.GenericSchema<unknown, readonly [number, number]> = v.strictTuple([finite, finite])

const axis: v.GenericSchema<unknown, Axis> = v.strictObject({
  label: v.string(),
  scale: v.exactOptional(v.picklist(['linear', 'log'])),
  domain: v.exactOptional(pair),
  names: v.exactOptional(v.array(v.string())),
})

const tone: v.GenericSchema<unknown, Tone> = v.picklist([
  'ink',
  'soft',
  'rule',
  'measured',
  'bound',
  'holds',
  'violated',
  'undecided',
  'paper',
])

const base = {
  frame: v.string(),
  tone: v.exactOptional(tone),
  opacity: v.exactOptional(finite),
  width: v.exactOptional(finite),
  dash: v.exactOptional(v.boolean()),
}
const keyed = { ...base, key: v.exactOptional(v.string()) }
const column = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(1))

const mark: v.GenericSchema<unknown, Mark> = v.variant('mark', [
  v.strictObject({
    ...keyed,
    mark: v.literal('line'),
    x: column,
    y: column,
    group: v.exactOptional(column),
    curve: v.exactOptional(v.picklist(['linear', 'step'])),
  }),
  v.strictObject({
    ...keyed,
    mark: v.literal('dot'),
    x: column,
    y: column,
    radius: v.exactOptional(finite),
    symbol: v.exactOptional(v.picklist(['circle', 'diamond', 'triangle', 'star', 'square'])),
    filled: v.exactOptional(v.boolean()),
  }),
  v.strictObject({ ...keyed, mark: v.literal('area'), x: column, y1: column, y2: column }),
  v.strictObject({ ...keyed, mark: v.literal('interval'), x: column, y1: column, y2: column }),
  v.strictObject({ ...keyed, mark: v.literal('rule-x'), x: column }),
  v.strictObject({ ...keyed, mark: v.literal('rule-y'), y: column }),
  v.strictObject({
    ...base,
    mark: v.literal('text'),
    x: column,
    y: column,
    text: column,
    anchor: v.exactOptional(v.picklist(['start', 'middle', 'end'])),
    dx: v.exactOptional(finite),
    dy: v.exactOptional(finite),
    bold: v.exactOptional(v.boolean()),
  }),
  v.strictObject({
    ...base,
    mark: v.literal('contour'),
    value: column,
    columns: count,
    rows: count,
    x: pair,
    y: pair,
    levels: v.array(finite),
    bold: v.exactOptional(v.array(finite)),
  }),
])

const panel: v.GenericSchema<unknown, Panel> = v.strictObject({
  title: v.exactOptional(v.string()),
  x: axis,
  y: axis,
  square: v.exactOptional(v.boolean()),
  bare: v.exactOptional(v.boolean()),
  frames: dictionary(frame),
  marks: v.array(mark),
})

export const figure: v.GenericSchema<unknown, Figure> = v.strictObject({
  id: v.string(),
  title: v.string(),
  caption: v.string(),
  panels: v.array(panel),
})
