import {
  sequenceFeatures,
  sequenceScores,
  type SequenceScores,
} from '@nonconvex/structured/sequences'
import type { OpenedSequencesModel } from '../models/sequences-document.js'
import type { OpenedSequences } from './open-sequences.js'

/** What predicts labels: the model of a folder, or one that was just trained. */
export type SequenceLabeler = Pick<OpenedSequencesModel, 'predictor' | 'numbers'> & {
  readonly record: {
    readonly labels: readonly string[]
    readonly scheme: OpenedSequencesModel['record']['scheme']
    readonly parameters: Pick<OpenedSequencesModel['record']['parameters'], 'templates'>
  }
}

/** The most probable labels of a sequence. */
export function labelSequence(
  { predictor, numbers, record }: SequenceLabeler,
  tokens: readonly (readonly string[])[],
): string[] {
  const x = sequenceFeatures(tokens, record.parameters.templates, numbers)
  return Array.from(predictor.predict(x), (a) => record.labels[a])
}

/** Scores on labeled sequences, and how many of their tokens have a label that training data lack. */
export function scoreSequences(
  labeler: SequenceLabeler,
  { tokens }: OpenedSequences,
  labels: readonly (readonly string[])[],
): { readonly scores: SequenceScores; readonly unknown: number } {
  const { record } = labeler
  const known = new Set(record.labels)
  return {
    scores: sequenceScores(
      tokens.map((sequence, n) => [labels[n], labelSequence(labeler, sequence)]),
      record.scheme,
    ),
    unknown: labels.flat().filter((label) => !known.has(label)).length,
  }
}
