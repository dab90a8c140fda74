import { counted } from '@nonconvex/optim/claims'
import { interval95, meanWithError, pairedDifference } from '@nonconvex/optim/statistics'
import {
  decodeKnownCounts,
  decodeRows,
  decoders,
  labelMarginals,
  labelScores,
  labelsOf,
  predictedLabels,
  type Decoder,
  type LabelScores,
  type MultilabelData,
  type MultilabelNetwork,
} from '@nonconvex/structured/multilabel'
import * as v from 'valibot'
import type { ShownTable } from '../text/prose.js'

export const decoderNames: { readonly [decoder in Decoder]: string } = {
  threshold: 'probability ≥ 1/2',
  mode: 'most likely count',
  'expected-f1': 'expected F1',
}

const estimate = v.strictObject({ mean: v.number(), error: v.number() })
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** How well labels are predicted, as a document has it. */
export const multilabelScoresSchema = v.strictObject({
  rows: whole,
  decoders: v.array(
    v.strictObject({
      decoder: v.picklist(decoders),
      f1: estimate,
      /** F1 minus that of the decoder before, on the same examples */
      gain: v.exactOptional(estimate),
      micro: v.number(),
      macro: v.number(),
      hamming: v.number(),
      subset: v.number(),
      counts: v.number(),
    }),
  ),
  /** F1 of as many of the likeliest labels as are true */
  known: estimate,
  /** examples by their expected number of labels, in five groups */
  calibration: v.array(v.strictObject({ rows: whole, expected: v.number(), actual: estimate })),
})

export type MultilabelScores = v.InferOutput<typeof multilabelScoresSchema>

/** Measures a network on labeled examples. */
export function multilabelScores(
  network: MultilabelNetwork,
  data: MultilabelData,
): MultilabelScores {
  const found = labelMarginals(network, data)
  return scoresOf(found.p, data, (decoder) => predictedLabels(found, decoder))
}

const list = (x: Float64Array): number[] => [...x]

/** Measures labels that were chosen, 0 or 1, rows × labels. */
export function chosenScores(chosen: Float64Array, data: MultilabelData): ChosenScores {
  const { f1, ...rest } = labelScores(Uint8Array.from(chosen), data)
  return {
    rows: data.rows,
    f1: meanWithError(list(f1)),
    ...rest,
    calibration: calibration(chosen, data),
  }
}

/** Scores of chosen labels; examples are grouped by their number. */
export interface ChosenScores
  extends
    Omit<LabelScores, 'f1'>,
    Pick<MultilabelScores, 'rows' | 'calibration'>,
    Pick<MultilabelScores['decoders'][number], 'f1'> {}

/** Measures probabilities of independent labels, rows × labels, by each decoder. */
export const probabilityScores = (p: Float64Array, data: MultilabelData): MultilabelScores =>
  scoresOf(p, data, (decoder) => decodeRows(p, data.labels.length, decoder))

function scoresOf(
  p: Float64Array,
  data: MultilabelData,
  labels: (decoder: Decoder) => Uint8Array,
): MultilabelScores {
  const scored = decoders.map((decoder) => labelScores(labels(decoder), data))
  return {
    rows: data.rows,
    decoders: decoders.map((decoder, i) => {
      const { f1, ...rest } = scored[i]
      return {
        decoder,
        f1: meanWithError(list(f1)),
        ...(i > 0 && { gain: pairedDifference(list(f1), list(scored[i - 1].f1)) }),
        ...rest,
      }
    }),
    known: meanWithError(list(labelScores(decodeKnownCounts(p, data), data).f1)),
    calibration: calibration(p, data),
  }
}

const GROUPS = 5

function calibration(p: Float64Array, data: MultilabelData): MultilabelScores['calibration'] {
  const L = data.labels.length
  const rows = Array.from({ length: data.rows }, (_, r) => ({
    expected: p.subarray(r * L, (r + 1) * L).reduce((sum, one) => sum + one, 0),
    actual: labelsOf(data, r).length,
  })).sort((a, b) => a.expected - b.expected)
  const groups = Math.min(GROUPS, rows.length)
  return Array.from({ length: groups }, (_, g) => {
    const own = rows.slice(
      Math.floor((g * rows.length) / groups),
      Math.floor(((g + 1) * rows.length) / groups),
    )
    return {
      rows: own.length,
      expected: own.reduce((sum, { expected }) => sum + expected, 0) / own.length,
      actual: meanWithError(own.map(({ actual }) => actual)),
    }
  })
}

/** A score in percent and its 95 % interval, which ends where scores do. */
export const percentInterval = (
  of: { readonly mean: number; readonly error: number },
  least = 0,
): readonly number[] => interval95(of, 100).map((x) => Math.min(100, Math.max(least, x)))

const interval = (of: { readonly mean: number; readonly error: number }, least = 0): string => {
  const [middle, low, high] = percentInterval(of, least).map((x) => x.toFixed(1))
  return `${middle} (${low} to ${high})`
}

const titleOf = (rows: number): string =>
  `Scores in % on ${counted(rows, 'example')}, with 95 % intervals over examples`

const otherScores = [
  { name: 'micro', title: 'micro F1', digits: 3 },
  { name: 'macro', title: 'macro F1', digits: 3 },
  { name: 'hamming', title: 'Hamming loss', digits: 3 },
  { name: 'subset', title: 'all labels right', digits: 3 },
  { name: 'counts', title: 'right count', digits: 3 },
] as const

/** F1 of chosen labels, and other scores. */
export const chosenTable = (of: ChosenScores): ShownTable => ({
  id: 'scores',
  title: titleOf(of.rows),
  columns: [{ name: 'f1', title: 'F1 by example' }, ...otherScores],
  rows: [[interval(of.f1), ...otherScores.map(({ name }) => 100 * of[name])]],
})

/** F1 by decoder with 95 % intervals over examples, and other scores. */
export const scoresTable = ({ decoders: all, known, rows }: MultilabelScores): ShownTable => ({
  id: 'scores',
  title: titleOf(rows),
  columns: [
    { name: 'decoder', title: 'decoder' },
    { name: 'f1', title: 'F1 by example' },
    { name: 'gain', title: 'difference to the row above' },
    ...otherScores,
  ],
  rows: [
    ...all.map((one) => [
      decoderNames[one.decoder],
      interval(one.f1),
      one.gain ? interval(one.gain, -100) : null,
      ...otherScores.map(({ name }) => 100 * one[name]),
    ]),
    ['true count (for comparison)', interval(known), null, null, null, null, null, null],
  ],
})

/** The expected number of labels beside the true one. */
export const calibrationTable = (
  { calibration: groups }: Pick<MultilabelScores, 'calibration'>,
  of: 'expected' | 'predicted' = 'expected',
): ShownTable => ({
  id: 'calibration',
  title: `Calibration of the count: examples by their ${of} number of labels`,
  columns: [
    { name: 'rows', title: 'examples' },
    { name: 'expected', title: `${of} labels`, digits: 3 },
    { name: 'actual', title: 'true labels', digits: 3 },
    { name: 'error', title: 'standard error', digits: 2 },
  ],
  rows: groups.map(({ rows, expected, actual }) => [rows, expected, actual.mean, actual.error]),
})
