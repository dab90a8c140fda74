import type { LabelSource } from './params.js'

/** What the page calls the models. */
export const modelName: { readonly [labels in LabelSource]: string } = {
  true: 'true labels',
  alone: 'each object alone',
  joint: 'invariant network',
  ordered: 'network that reads in order',
}

/** The same at the head of a column. */
export const shortName: { readonly [labels in LabelSource]: string } = {
  true: 'true',
  alone: 'object alone',
  joint: 'invariant',
  ordered: 'in order',
}
