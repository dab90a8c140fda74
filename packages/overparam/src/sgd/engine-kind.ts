/**
 * The algorithm that decides visits; decisions are the same, bit for bit.
 *
 * - `primal`: with the weights, whole rows of the data; `sparse`: their non-zero features only
 * - the others maintain bounds for every example through the Gram matrix and use the weights only
 *   where these do not decide, and at every update: `eager` for narrow networks, `blocks` for wide
 *   ones, `offset` where units share their activation patterns, `gram` in float64 throughout
 */
export type EngineKind = 'primal' | 'sparse' | 'gram' | 'eager' | 'blocks' | 'offset'

/**
 * `auto`: the one with the least estimated cost for these sizes of data and network; changed at
 * most once during the run.
 */
export type EngineName = EngineKind | 'auto'
