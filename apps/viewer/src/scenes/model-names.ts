import type { LabelSource } from './params.js'

/** Names of the models. */
export const modelName: { readonly [labels in LabelSource]: string } = {
  true: 'true labels',
  alone: 'per-object network',
  joint: 'invariant network',
  ordered: 'LSTM network',
}

/** Short names, for the columns of a table. */
export const shortName: { readonly [labels in LabelSource]: string } = {
  true: 'true',
  alone: 'per object',
  joint: 'invariant',
  ordered: 'LSTM',
}
