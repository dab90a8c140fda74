/**
 * How visits are answered; the decisions are the same, bit for bit.
 *
 * - `primal`: with the weights, whole rows of the data; `sparse`: their non-zero features only
 * - the others keep what they know of every example through the Gram matrix, look at the weights
 *   only where that does not decide, and at every update: `eager` for narrow networks, `blocks` for
 *   wide ones, `offset` where units share their patterns of activity, `gram` in float64 throughout
 */
export type EngineKind = 'primal' | 'sparse' | 'gram' | 'eager' | 'blocks' | 'offset'

/**
 * `auto`: the one that is estimated to be fastest, by the sizes of data and network; changed once
 * if the run is another.
 */
export type EngineName = EngineKind | 'auto'
